using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The share of pairs of a positive and a negative that are in the right order; a tie counts half.</summary>
internal sealed class Auc : IMeasure
{
    public Metric Declaration => Metric.Auc;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new Resampled(answers.Ranking, labels, blocks);

    private sealed class Resampled(double[] predictions, double[] labels, Blocks blocks)
        : RankedRows(predictions, labels, blocks)
    {
        public override double Of(int[] weights)
        {
            long above = 0,
                positives = 0,
                negatives = 0,
                tiedPositives = 0,
                tiedNegatives = 0;
            var twice = 0.0;
            foreach (var row in Rows)
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
    }
}
