using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>How the answers of a model are spoken of: the one place that asks for the task, so that nobody who shows
/// them has to.</summary>
internal sealed record AnswerWords
{
    private static readonly AnswerWords Probabilities = new()
    {
        Answer = new Axis("probability", Low: 0, High: 1),
        Predicted = new Axis("predicted probability", Unit.Share),
        Observed = new Axis("observed share", Unit.Share),
        LabelMean = new Axis("Positive", Unit.Share),
        ReliabilityTitle = "Do probabilities hold?",
        ReliabilityCaption = "Of rows given 30\u00a0%, are 30\u00a0% positive? On the line they are.",
        Labels = mean => $"{Formats.Share(mean)} positive",
        OnTheHoldout = mean => $"{Formats.Share(mean)} were positive",
    };

    private static readonly AnswerWords Values = new()
    {
        Answer = new Axis("value"),
        Predicted = new Axis("predicted value"),
        Observed = new Axis("observed mean"),
        LabelMean = new Axis("Label mean"),
        ReliabilityTitle = "Predicted and observed",
        ReliabilityCaption = "Mean of predictions and of labels, in bins of equal count.",
        Labels = mean => $"mean {Formats.Metric(mean)}",
        OnTheHoldout = mean => $"the mean label was {Formats.Metric(mean)}",
    };

    /// <summary>What a row is given.</summary>
    public required Axis Answer { get; init; }

    public required Axis Predicted { get; init; }
    public required Axis Observed { get; init; }
    public required Axis LabelMean { get; init; }
    public required string ReliabilityTitle { get; init; }
    public required string ReliabilityCaption { get; init; }

    /// <summary>What the labels are, by their mean.</summary>
    public required Func<double, string> Labels { get; init; }

    /// <summary>The same, told of the holdout.</summary>
    public required Func<double, string> OnTheHoldout { get; init; }

    public static AnswerWords Of(Card card) => card.Definition.Model.Task == ModelTask.Binary ? Probabilities : Values;
}
