using Trainyard.Pipelines;

namespace Trainyard.Models.Evaluating;

/// <summary>
/// AUC and average precision (PR-AUC). The rows are sorted once; a resample, which is a weight for each block, is then
/// one pass over them.
/// </summary>
internal sealed class RankMetric : ResampledMetric
{
    private readonly bool _precision;

    /// <summary>By falling prediction: the row's block, and two bits for a positive label and for the last row of a
    /// tie.</summary>
    private readonly int[] _rows;

    public RankMetric(Metric metric, double[] predictions, double[] labels, int[] blocks)
    {
        _precision = metric == Metric.PrAuc;
        var order = Enumerable.Range(0, predictions.Length).ToArray();
        Array.Sort(Array.ConvertAll(predictions, prediction => -prediction), order);
        _rows = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            var endsTie = i == order.Length - 1 || predictions[order[i]] != predictions[order[i + 1]];
            _rows[i] = (blocks[order[i]] << 2) | (labels[order[i]] > 0 ? 2 : 0) | (endsTie ? 1 : 0);
        }
    }

    public override double Of(int[] weights) => _precision ? AveragePrecision(weights) : Auc(weights);

    /// <summary>The share of pairs of a positive and a negative that are in the right order; a tie counts
    /// half.</summary>
    private double Auc(int[] weights)
    {
        long above = 0,
            positives = 0,
            negatives = 0,
            tiedPositives = 0,
            tiedNegatives = 0;
        var twice = 0.0;
        foreach (var row in _rows)
        {
            var weight = weights[row >> 2];
            if ((row & 2) != 0)
            {
                tiedPositives += weight;
            }
            else
            {
                tiedNegatives += weight;
            }

            if ((row & 1) != 0)
            {
                twice += (double)tiedNegatives * ((2 * above) + tiedPositives);
                above += tiedPositives;
                positives += tiedPositives;
                negatives += tiedNegatives;
                tiedPositives = tiedNegatives = 0;
            }
        }

        return positives == 0 || negatives == 0 ? double.NaN : twice / 2 / positives / negatives;
    }

    /// <summary>The precision at each threshold, weighted by the recall it adds.</summary>
    private double AveragePrecision(int[] weights)
    {
        long positives = 0,
            all = 0,
            tiedPositives = 0;
        var sum = 0.0;
        foreach (var row in _rows)
        {
            var weight = weights[row >> 2];
            all += weight;
            tiedPositives += (row & 2) != 0 ? weight : 0;
            if ((row & 1) != 0)
            {
                positives += tiedPositives;
                sum += all == 0 ? 0 : tiedPositives * ((double)positives / all);
                tiedPositives = 0;
            }
        }

        return positives == 0 ? double.NaN : sum / positives;
    }
}
