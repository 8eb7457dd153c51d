using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>What is said of a threshold: what it does, how it was found, and what came of it.</summary>
internal static class ThresholdWords
{
    public static string Of(Card card)
    {
        var metrics = card.Evaluation.Model.Metrics;
        var measured =
            metrics.TryGetValue("precision", out var precision) && metrics.TryGetValue("recall", out var recall)
                ? $" On the holdout, {Formats.Share(precision)} of the rows called positive were (precision), and "
                    + $"{Formats.Share(recall)} of all positive rows were called so (recall)."
                : "";
        return $"A row counts as positive from this probability on. {Found(card.Definition.Model.Threshold)}{measured}";
    }

    private static string Found(ThresholdSpec spec) =>
        spec switch
        {
            { At: not null } => "It is fixed in the spec.",
            { Cost: { } cost } =>
                $"It is the one that costs least on validation, where a miss costs {Formats.Value(cost.Miss)} "
                    + $"and a false alarm {Formats.Value(cost.FalseAlarm)}.",
            _ => "It was chosen on validation.",
        };
}
