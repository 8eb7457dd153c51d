using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks.Regression;

/// <summary>What labels are counted from, so that a constant added to all of them changes nothing of what is
/// learned.</summary>
internal static class Middle
{
    /// <summary>Beyond it, and below its reciprocal, sums of 32 bits would lose the labels.</summary>
    private const double MostDistance = 1e30;

    /// <summary>The lower median; 65 where labels are too far from it, or too near.</summary>
    /// <param name="labels">Those being learned; sorted here.</param>
    public static double Of(double[] labels)
    {
        Array.Sort(labels);
        var middle = labels[(labels.Length - 1) / 2];
        var distance = Math.Max(labels[^1] - middle, middle - labels[0]);
        return distance is 0 or (>= 1 / MostDistance and <= MostDistance)
            ? middle
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
