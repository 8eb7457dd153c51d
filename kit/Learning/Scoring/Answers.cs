using Trainyard.Datasets;

namespace Trainyard.Learning.Scoring;

/// <summary>What a task makes of scores: what metrics measure, and what is published.</summary>
public sealed record Answers
{
    public required Scores Scores { get; init; }

    /// <summary>From which score on a row counts; null where the task has no such thing.</summary>
    public double? Threshold { get; init; }

    /// <summary>A number a row by which rows are ordered, counted in bins and averaged.</summary>
    public required double[] Ranking { get; init; }

    /// <summary>Which quantile of the labels they are to be measured as; null where that was not said.</summary>
    public double? Quantile { get; init; }

    /// <summary>Between which values labels are to lie; null where the model gives no such.</summary>
    public AnsweredInterval? Interval { get; init; }

    /// <summary>In the order of the task's columns.</summary>
    public IReadOnlyList<AnswerColumn> Columns { get; init; } = [];

    /// <summary>How many rows count; 0 where the task counts none.</summary>
    public long Counted { get; init; }
}

/// <summary>A column in which a task answers.</summary>
/// <param name="Write">Writes a row's answer as the next field of a record.</param>
public sealed record AnswerColumn(Action<DatasetWriter, int> Write)
{
    public static AnswerColumn Numbers(double[] values) => new((writer, row) => writer.Number(values[row]));

    public static AnswerColumn Flags(Func<int, bool> values) => new((writer, row) => writer.Boolean(values(row)));
}

/// <summary>Between which values labels are to lie, row by row.</summary>
/// <param name="Share">How many of them: 0.8 of all.</param>
public sealed record AnsweredInterval(double[] Low, double[] High, double Share)
{
    public bool Holds(int row, double label) => Low[row] <= label && label <= High[row];
}
