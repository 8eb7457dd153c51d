using Trainyard.Learning.Evaluating;

namespace Trainyard.Learning.Metrics;

/// <summary>Rows by falling prediction. They are sorted once; a resample, which is a weight for each block, is then one
/// pass over them.</summary>
internal abstract class RankedRows : ResampledMetric
{
    private readonly int[] _rows;

    protected RankedRows(double[] predictions, double[] labels, Blocks blocks)
    {
        var order = Enumerable.Range(0, predictions.Length).ToArray();
        Array.Sort(Array.ConvertAll(predictions, prediction => -prediction), order);
        _rows = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var endsTie = i == order.Length - 1 || predictions[order[i]] != predictions[order[i + 1]];
            _rows[i] = (blocks.OfRow[order[i]] << 2) | (labels[order[i]] > 0 ? 2 : 0) | (endsTie ? 1 : 0);
        }
    }

    /// <summary>The row's block, and two bits for a positive label and for the last row of a tie.</summary>
    protected ReadOnlySpan<int> Rows => _rows;
}
