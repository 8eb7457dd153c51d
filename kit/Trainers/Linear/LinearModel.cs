using Trainyard.Learning.Encoding;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Linear;

/// <summary>A model as a package keeps it, a document that can be read and recomputed by hand.</summary>
internal sealed record LinearModel
{
    /// <summary>Goes up with whatever an older version would not understand.</summary>
    public const int Newest = 1;

    public required int Format { get; init; }

    /// <summary>What was made small.</summary>
    public required LossKind Loss { get; init; }

    /// <summary>The power of Tweedie's loss, else 0.</summary>
    public double Parameter { get; init; }

    /// <summary>The penalty under which it was learned.</summary>
    public required double L2 { get; init; }

    /// <summary>What every row gets, a number a score.</summary>
    public required IReadOnlyList<double> Intercept { get; init; }

    public required IReadOnlyList<LinearColumn> Columns { get; init; }

    /// <param name="means">What the rows learned have on average at each place.</param>
    internal static LinearModel Of(Lesson lesson, double[] weights, double[] means, double penalty)
    {
        var (width, first) = (lesson.Objective.Width, 0);
        var columns = new List<LinearColumn>();
        foreach (var column in lesson.Encoder.Columns)
        {
            var count = Design.CountOf(column);
            columns.Add(
                LinearColumn.Of(column, weights.AsSpan(first * width, count * width), means.AsSpan(first, count), width)
            );
            first += count;
        }

        return new()
        {
            Format = Newest,
            Loss = lesson.Objective.Learns.Kind,
            Parameter = lesson.Objective.Learns.Parameter,
            L2 = penalty,
            Columns = columns,
            Intercept = weights[^width..],
        };
    }
}
