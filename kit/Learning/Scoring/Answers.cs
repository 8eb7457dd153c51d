using Trainyard.Datasets;
using Trainyard.Learning.Evaluating;

namespace Trainyard.Learning.Scoring;

/// <summary>What a task makes of scores: what metrics measure, and what is published.</summary>
public sealed record Answers
{
    /// <summary>As the model gave them.</summary>
    public required Scores Scores { get; init; }

    public Reading Reading { get; init; } = Reading.Plain;

    /// <summary>A number a row by which rows are ordered, counted in bins and averaged.</summary>
    public required double[] Ranking { get; init; }

    /// <summary>Which quantile of the labels they are to be measured as; null where that was not said.</summary>
    public double? Quantile { get; init; }

    /// <summary>Between which values labels are to lie; null where the model gives no such.</summary>
    public AnsweredInterval? Interval { get; init; }

    /// <summary>By row: which of its raw scores the reasons for the answer are of; null where it has one.</summary>
    public int[]? Explained { get; init; }

    /// <summary>The answers as classes, or other groups; null where they are none.</summary>
    public ClassAnswers? Classes { get; init; }

    /// <summary>The rows that were answered, for who looks at how far they lie from each other; null where nobody
    /// does.</summary>
    public Points? Points { get; init; }

    /// <summary>In the order of the task's columns.</summary>
    public IReadOnlyList<AnswerColumn> Columns { get; init; } = [];

    /// <summary>In the order of the task's tables beside that of predictions.</summary>
    public IReadOnlyList<AnswerTable> Tables { get; init; } = [];

    /// <summary>How many rows count; 0 where the task counts none.</summary>
    public long Counted { get; init; }
}

/// <summary>Answers that are classes, by the codes that labels have.</summary>
/// <param name="Chosen">The class that each row is answered with.</param>
/// <param name="ProbabilityOf">The probability that a row was given for a class.</param>
/// <param name="CostOf">What it costs to answer a row of the first class with the second.</param>
public sealed record ClassAnswers(int[] Chosen, Func<int, int, double> ProbabilityOf, Func<int, int, double> CostOf)
{
    /// <summary>Whether the probability of each class is known: of what was published it may be that of the chosen one
    /// alone.</summary>
    public bool KnowsAll { get; init; } = true;
}

/// <summary>A column in which a task answers.</summary>
/// <param name="Write">Writes a row's answer as the next field of a record.</param>
public sealed record AnswerColumn(Action<DatasetWriter, int> Write)
{
    public static AnswerColumn Numbers(double[] values) => new((writer, row) => writer.Number(values[row]));

    public static AnswerColumn Integers(Func<int, int> values) => new((writer, row) => writer.Integer(values(row)));

    public static AnswerColumn Flags(Func<int, bool> values) => new((writer, row) => writer.Boolean(values(row)));

    public static AnswerColumn Texts(Func<int, string> values) => new((writer, row) => writer.Text(values(row)));
}

/// <summary>Between which values labels are to lie, row by row.</summary>
/// <param name="Share">How many of them: 0.8 of all.</param>
public sealed record AnsweredInterval(double[] Low, double[] High, double Share)
{
    public bool Holds(int row, double label) => Low[row] <= label && label <= High[row];
}

/// <summary>A table in which a task answers with several rows a prediction.</summary>
/// <param name="Rows">Those of a prediction, the most telling first: each writes the table's own fields.</param>
public sealed record AnswerTable(Func<int, IEnumerable<Action<DatasetWriter>>> Rows);
