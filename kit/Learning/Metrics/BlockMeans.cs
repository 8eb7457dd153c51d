using Trainyard.Learning.Evaluating;

namespace Trainyard.Learning.Metrics;

/// <summary>A metric that is a mean over rows, or made of one: a resample needs only the sums of each block.</summary>
internal sealed class BlockMeans : ResampledMetric
{
    private readonly long[] _count;
    private readonly double[] _loss;
    private readonly Func<double, double> _finish;

    /// <param name="lossOf">What a row adds, by its prediction and its label.</param>
    /// <param name="finish">Makes the metric of the mean; by default it is the mean.</param>
    public BlockMeans(
        double[] predictions,
        double[] labels,
        Blocks blocks,
        Func<double, double, double> lossOf,
        Func<double, double>? finish = null
    )
        : this(blocks, row => lossOf(predictions[row], labels[row]), finish: finish) { }

    /// <param name="lossOf">What a row adds, by its place.</param>
    /// <param name="counts">Whether a row counts; by default all do.</param>
    public BlockMeans(
        Blocks blocks,
        Func<int, double> lossOf,
        Func<int, bool>? counts = null,
        Func<double, double>? finish = null
    )
    {
        (_count, _loss, _finish) = (new long[blocks.Count], new double[blocks.Count], finish ?? (mean => mean));
        for (var row = 0; row < blocks.OfRow.Length; row++)
        {
            if (counts is null || counts(row))
            {
                var block = blocks.OfRow[row];
                _count[block]++;
                _loss[block] += lossOf(row);
            }
        }
    }

    public override double Of(int[] weights)
    {
        var (count, loss) = (0L, 0.0);
        for (var block = 0; block < weights.Length; block++)
        {
            count += weights[block] * _count[block];
            loss += weights[block] * _loss[block];
        }

        return count == 0 ? double.NaN : _finish(loss / count);
    }
}
