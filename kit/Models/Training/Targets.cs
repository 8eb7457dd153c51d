using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Models.Training;

/// <summary>What rows are learned with.</summary>
/// <param name="Labels">By the rows' places.</param>
/// <param name="Middle">Of a regression: what labels are counted from. The trainer's are of 32 bits, which near 1.73e9
/// lie 128 apart.</param>
/// <param name="Positive">The weight of rows whose label is positive.</param>
/// <param name="Negative">The weight of the others.</param>
internal sealed record Targets(
    bool IsBinary,
    double[] Labels,
    double Middle = 0,
    float Positive = 1,
    float Negative = 1
)
{
    /// <summary>Beyond it, and below its reciprocal, sums of 32 bits would lose the labels.</summary>
    private const double MostDistance = 1e30;

    public float WeightOf(int row) => IsBinary && Labels[row] > 0 ? Positive : Negative;

    public float LessMiddle(int row) => (float)(Labels[row] - Middle);

    /// <summary>Weights under which the two classes weigh the same among the given rows, 1 on average.</summary>
    public static Targets Balanced(double[] labels, int[] rows)
    {
        var positives = rows.Count(row => labels[row] > 0);
        return new Targets(
            true,
            labels,
            0,
            rows.Length / (2f * positives),
            rows.Length / (2f * (rows.Length - positives))
        );
    }

    /// <summary>Labels counted from the middle one of the given rows, so that a constant added to all of them changes
    /// nothing of what is learned; 65 where they are too far from it, or too near.</summary>
    public static Targets FromMiddle(double[] labels, int[] rows)
    {
        var sorted = Array.ConvertAll(rows, row => labels[row]);
        Array.Sort(sorted);
        var middle = sorted[(sorted.Length - 1) / 2];
        var distance = Math.Max(sorted[^1] - middle, middle - sorted[0]);
        return distance is 0 or (>= 1 / MostDistance and <= MostDistance)
            ? new Targets(false, labels, middle)
            : throw Fault.BadData(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The labels lie up to {distance:G3} from the middle one, {middle:G3}: the trainer tells numbers "
                        + $"apart that lie {1 / MostDistance:G1} to {MostDistance:G1} from it. Give the label another "
                        + $"unit in the query. Nothing was changed."
                )
            );
    }
}
