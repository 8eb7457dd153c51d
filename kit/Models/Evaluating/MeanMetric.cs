using Trainyard.Models.Data;
using Trainyard.Pipelines;

namespace Trainyard.Models.Evaluating;

/// <summary>Metrics that are means over rows, or made of such: a resample needs only the sums of each block.</summary>
internal sealed class MeanMetric : ResampledMetric
{
    /// <summary>Probabilities are held this far from 0 and 1, so that one wrong certainty does not make the log loss
    /// infinite.</summary>
    private const double Least = 1e-15;

    /// <summary>The share of the squares of labels below which what they are spread by is the rounding of their
    /// sums.</summary>
    private const double Rounding = 1e-12;

    private readonly Metric _metric;
    private readonly long[] _count;
    private readonly double[] _loss;
    private readonly double[] _label;
    private readonly double[] _labelSquared;

    public MeanMetric(
        Metric metric,
        double[] predictions,
        double[] labels,
        int[] blocks,
        int blockCount,
        double threshold
    )
    {
        _metric = metric;
        _count = new long[blockCount];
        (_loss, _label, _labelSquared) = (new double[blockCount], new double[blockCount], new double[blockCount]);

        // Only differences of labels matter; taken from their mean, their squares stay small.
        var centre = metric == Metric.R2 ? Sum.Mean(labels) : 0;
        for (var i = 0; i < labels.Length; i++)
        {
            var block = blocks[i];
            _count[block]++;
            _loss[block] += LossOf(predictions[i], labels[i], threshold);
            _label[block] += labels[i] - centre;
            _labelSquared[block] += (labels[i] - centre) * (labels[i] - centre);
        }
    }

    public override double Of(int[] weights)
    {
        var (count, loss, label, squared) = (0L, 0.0, 0.0, 0.0);
        for (var block = 0; block < weights.Length; block++)
        {
            var weight = weights[block];
            count += weight * _count[block];
            loss += weight * _loss[block];
            label += weight * _label[block];
            squared += weight * _labelSquared[block];
        }

        if (count == 0)
        {
            return double.NaN;
        }

        var spread = squared - (label * label / count);
        return _metric switch
        {
            Metric.Rmse => Math.Sqrt(loss / count),
            Metric.R2 => spread > Rounding * squared ? 1 - (loss / spread) : double.NaN,
            _ => loss / count,
        };
    }

    private double LossOf(double prediction, double label, double threshold) =>
        _metric switch
        {
            Metric.LogLoss => -Math.Log(Math.Clamp(label > 0 ? prediction : 1 - prediction, Least, 1)),
            Metric.Accuracy => prediction >= threshold == label > 0 ? 1 : 0,
            Metric.Mae => Math.Abs(prediction - label),
            _ => (prediction - label) * (prediction - label),
        };
}
