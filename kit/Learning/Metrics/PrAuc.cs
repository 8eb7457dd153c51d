using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>Average precision: the precision at each threshold, weighted by the recall it adds.</summary>
internal sealed class PrAuc : IMeasure
{
    public Metric Declaration => Metric.PrAuc;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new Resampled(answers.Ranking, labels, blocks);

    private sealed class Resampled(double[] predictions, double[] labels, Blocks blocks)
        : RankedRows(predictions, labels, blocks)
    {
        public override double Of(int[] weights)
        {
            long positives = 0,
                all = 0,
                tiedPositives = 0;
            var sum = 0.0;
            foreach (var row in Rows)
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
}
