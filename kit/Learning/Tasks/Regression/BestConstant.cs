using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Tasks.Regression;

/// <summary>The one answer for all rows that makes a loss smallest.</summary>
internal static class BestConstant
{
    /// <param name="weigh">What a row weighs, by its label; null where all weigh the same.</param>
    public static double Of(Loss loss, double[] labels, Func<double, double>? weigh = null) =>
        loss.Kind switch
        {
            LossKind.Absolute => Quantile(labels, 0.5, weigh),
            LossKind.Quantile => Quantile(labels, loss.Parameter, weigh),
            _ => Sum.Mean(labels),
        };

    /// <summary>The lowest label at which so large a share of the weight is reached.</summary>
    public static double Quantile(double[] labels, double level, Func<double, double>? weigh = null)
    {
        double[] sorted = [.. labels.Order()];
        double[] weights = weigh is null ? [] : Array.ConvertAll(sorted, label => weigh(label));
        var all = weigh is null ? sorted.Length : Sum.Of(weights);
        if (!(all > 0))
        {
            return sorted[(sorted.Length - 1) / 2];
        }

        var (reached, place) = (0.0, 0);
        for (; place < sorted.Length - 1; place++)
        {
            reached += weigh is null ? 1 : weights[place];
            if (reached >= level * all)
            {
                break;
            }
        }

        return sorted[place];
    }
}
