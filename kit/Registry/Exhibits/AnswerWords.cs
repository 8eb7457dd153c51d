using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>How the answers of a model are spoken of, by what its task declares: the column they stand in, between
/// which values they lie, and what is counted among rows.</summary>
internal sealed record AnswerWords
{
    /// <summary>What a row is given, on its scale.</summary>
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

    public static AnswerWords Of(Card card) => Of(card.Definition.Model.Task, card.Classes is not null);

    public static AnswerWords Of(ModelTask task, bool areClasses)
    {
        var answer = new Axis(
            task.AnswerColumns.First(column => column.Type == ColumnType.Double).Name,
            Low: task.Range?.Low,
            High: task.Range?.High
        );
        return areClasses ? OfClasses(answer)
            : task.Counts is { } counted ? OfShares(answer, counted)
            : OfMeans(answer);
    }

    /// <summary>Where labels are counted, their mean is a share, and so are answers.</summary>
    private static AnswerWords OfShares(Axis answer, string counted) =>
        new()
        {
            Answer = answer,
            Predicted = new Axis($"predicted {answer.Name}", Unit.Share),
            Observed = new Axis("observed share", Unit.Share),
            LabelMean = new Axis(Formats.Heading(counted), Unit.Share),
            ReliabilityTitle = "Do probabilities hold?",
            ReliabilityCaption = $"Of rows given 30\u00a0%, are 30\u00a0% {counted}? On the line they are.",
            Labels = mean => $"{Formats.Share(mean)} {counted}",
            OnTheHoldout = mean => $"{Formats.Share(mean)} were {counted}",
        };

    /// <summary>Where answers are classes, what can hold of them is that they are right.</summary>
    private static AnswerWords OfClasses(Axis answer) => OfShares(answer, "right");

    private static AnswerWords OfMeans(Axis answer) =>
        new()
        {
            Answer = answer,
            Predicted = new Axis($"predicted {answer.Name}"),
            Observed = new Axis("observed mean"),
            LabelMean = new Axis("Label mean"),
            ReliabilityTitle = "Predicted and observed",
            ReliabilityCaption = "Mean of predictions and of labels, in bins of equal count.",
            Labels = mean => $"mean {Formats.Metric(mean)}",
            OnTheHoldout = mean => $"the mean label was {Formats.Metric(mean)}",
        };
}
