using Trainyard.Pipelines;

namespace Trainyard.Models.Evaluating;

/// <summary>A metric of one set of predictions, prepared so that it can be taken again and again over resampled
/// blocks of rows.</summary>
internal abstract class ResampledMetric
{
    /// <summary>The metric when each block counts as often as its weight says; NaN where it cannot be
    /// computed.</summary>
    public abstract double Of(int[] weights);

    /// <param name="threshold">For accuracy: the probability from which a row counts as positive.</param>
    public static ResampledMetric Create(
        Metric metric,
        double[] predictions,
        double[] labels,
        Blocks blocks,
        double threshold
    ) =>
        metric is Metric.Auc or Metric.PrAuc
            ? new RankMetric(metric, predictions, labels, blocks.OfRow)
            : new MeanMetric(metric, predictions, labels, blocks.OfRow, blocks.Count, threshold);
}
