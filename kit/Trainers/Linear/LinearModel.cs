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
        var (width, place) = (lesson.Objective.Width, 0);
        var columns = new List<LinearColumn>();
        foreach (var column in lesson.Encoder.Columns)
        {
            var (some, mean) = (new double[Design.CountOf(column)][], new double[width]);
            for (var each = 0; each < some.Length; each++)
            {
                var share = means[place];
                some[each] = Next();
                for (var k = 0; k < width; k++)
                {
                    mean[k] += share * some[each][k];
                }
            }

            columns.Add(new LinearColumn(column.Name, some, mean));
        }

        return new()
        {
            Format = Newest,
            Loss = lesson.Objective.Learns.Kind,
            Parameter = lesson.Objective.Learns.Parameter,
            L2 = penalty,
            Columns = columns,
            Intercept = Next(),
        };

        double[] Next() => weights[(place * width)..(++place * width)];
    }
}

/// <param name="Name">The encoder's.</param>
/// <param name="Weights">Of a number: what each standard deviation from the mean adds, and what being null does. Of a
/// category: what each code of the encoder adds.</param>
/// <param name="Means">What the column adds on average to the scores of the rows learned.</param>
internal sealed record LinearColumn(
    string Name,
    IReadOnlyList<IReadOnlyList<double>> Weights,
    IReadOnlyList<double> Means
);
