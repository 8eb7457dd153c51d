using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>What is told of a train step.</summary>
internal static class Outcome
{
    public static StepOutcome Of(Card card, Decided decided, IReadOnlyList<ManifestInput> inputs)
    {
        var (verdict, champion) = (decided.Verdict, decided.Compared.Champion);
        var (evaluation, metric) = (card.Evaluation, card.Evaluation.Metric);
        var decision =
            verdict.Forced ? "promoted it by hand"
            : verdict.Promoted ? "promoted it"
            : "refused it";
        var made = card.Learned.Model.Trainer.MadeElsewhere ? "Measured" : "Trained";
        return new StepOutcome(ExitCode.Done, $"{made} {card.Version}{Chosen(card)}, and {decision}. {verdict.Reason}")
        {
            Inputs = inputs,
            Details = new JsonObject
            {
                ["model"] = card.Version,
                ["metric"] = JsonSerializer.SerializeToNode(metric, Json.Options),
                ["value"] = Number(evaluation.Model.Metric.Value),
                ["low"] = Number(evaluation.Model.Metric.Low),
                ["high"] = Number(evaluation.Model.Metric.High),
                ["baseline"] = Number(evaluation.Baseline?.Metric.Value),
                ["gain"] = Number(evaluation.GainOverBaseline?.Value),
                ["champion"] = champion?.Champion,
                ["gain_over_champion"] = Number(champion?.Gain?.Value),
                [TrainDetails.Comparison] = JsonSerializer.SerializeToNode(champion, Json.Options),
                [TrainDetails.NoComparison] = decided.Compared.NoChampionBecause,
                ["intervals"] = evaluation.Intervals,
                [TrainDetails.Verdict] = verdict.Promoted ? TrainDetails.Promoted : TrainDetails.Refused,
                [TrainDetails.Reason] = verdict.Reason,
                ["trainer"] = card.Learned.Model.Trainer.Name,
                ["trees"] = card.Trees,
                ["threshold"] = Number(card.Threshold),
                ["classes"] = card.Classes?.Count,
                ["fit_rows"] = card.Split.FitRows,
                ["validation_rows"] = card.Split.ValidationRows,
                ["holdout_rows"] = card.Split.HoldoutRows,
                ["gap_rows"] = card.Split.GapRows,
                ["null_labels"] = card.Split.NullLabels,
                ["served_rows"] = card.Served?.Rows,
                ["learned_through"] = card.LearnedThrough?.ToString(
                    "yyyy-MM-ddTHH:mm:ssZ",
                    CultureInfo.InvariantCulture
                ),
            },
        };
    }

    /// <summary>What validation has chosen, where the spec leaves it open.</summary>
    private static string Chosen(Card card) =>
        (card.Tried is { } tried ? $" with {card.Learned.Model.Trainer}, {TrainerTried.Chose(tried)}" : "")
        + (
            card.Trials is not { } trials ? ""
            : card.Tried is null ? $" with the options of {Trial.Chose(trials)}"
            : $", and the options of {Trial.Chose(trials)}"
        );

    private static double? Number(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
