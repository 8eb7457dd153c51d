using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Metrics;

/// <summary>The share of the labels' variance that the predictions explain.</summary>
internal sealed class R2 : IMeasure
{
    /// <summary>The share of the squares of labels below which what they are spread by is the rounding of their
    /// sums.</summary>
    private const double Rounding = 1e-12;

    public Metric Declaration => Metric.R2;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new Resampled(answers.Ranking, labels, blocks);

    /// <summary>Where another metric can be computed, answers are finite, and it is the labels that have no
    /// variance.</summary>
    public string? WhyNone(Evaluation evaluation) =>
        Declaration
            .Tasks.SelectMany(task => task.Metrics)
            .Any(metric => metric != Declaration && evaluation.Model.Metrics.ContainsKey(metric.Name))
            ? "all labels are equal"
            : null;

    private sealed class Resampled : ResampledMetric
    {
        private readonly long[] _count;
        private readonly double[] _loss;
        private readonly double[] _label;
        private readonly double[] _labelSquared;

        public Resampled(double[] predictions, double[] labels, Blocks blocks)
        {
            (_count, _loss) = (new long[blocks.Count], new double[blocks.Count]);
            (_label, _labelSquared) = (new double[blocks.Count], new double[blocks.Count]);

            // Only differences of labels matter; taken from their mean, their squares stay small.
            var centre = Sum.Mean(labels);
            for (var i = 0; i < labels.Length; i++)
            {
                var (block, error, distance) = (blocks.OfRow[i], predictions[i] - labels[i], labels[i] - centre);
                _count[block]++;
                _loss[block] += error * error;
                _label[block] += distance;
                _labelSquared[block] += distance * distance;
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

            var spread = squared - (label * label / count);
            return count > 0 && spread > Rounding * squared ? 1 - (loss / spread) : double.NaN;
        }
    }
}
