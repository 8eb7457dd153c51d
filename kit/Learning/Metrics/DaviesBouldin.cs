using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean over groups of how wide a group and the one it is most like are, over the distance of their
/// centres (Davies and Bouldin 1979). The centres are those of all rows, also where some are drawn again.</summary>
internal sealed class DaviesBouldin : IMeasure
{
    public Metric Declaration => Metric.DaviesBouldin;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new Resampled(answers.Points!, answers.Classes!.Chosen, blocks);

    public string? WhyNone(Evaluation evaluation) =>
        evaluation.Model.Metrics.ContainsKey(Declaration.Name) ? null : "all its rows are in one cluster";

    private sealed class Resampled : ResampledMetric
    {
        private readonly int _width;

        /// <summary>By block and group: how many rows, and the sum of their distances from the centre.</summary>
        private readonly (int Rows, double Distance)[] _sums;

        /// <summary>How far the centres lie from each other.</summary>
        private readonly double[] _apart;

        public Resampled(Points points, int[] groups, Blocks blocks)
        {
            _width = groups.Length == 0 ? 0 : groups.Max() + 1;
            _sums = new (int, double)[blocks.Count * _width];
            var centres = points.CentresOf(groups, _width);
            var squares = points.SquaresFrom(centres, _width);
            for (var row = 0; row < groups.Length; row++)
            {
                ref var sum = ref _sums[(blocks.OfRow[row] * _width) + groups[row]];
                sum = (sum.Rows + 1, sum.Distance + Math.Sqrt(squares[(row * _width) + groups[row]]));
            }

            _apart = new double[_width * _width];
            for (var i = 0; i < centres.Length; i += _width)
            {
                for (var one = 0; one < _width; one++)
                {
                    for (var other = 0; other < _width; other++)
                    {
                        var along = centres[i + one] - centres[i + other];
                        _apart[(one * _width) + other] += along * along;
                    }
                }
            }
        }

        public override double Of(int[] weights)
        {
            var (rows, widths) = (new long[_width], new double[_width]);
            for (var i = 0; i < _sums.Length; i++)
            {
                rows[i % _width] += (long)weights[i / _width] * _sums[i].Rows;
                widths[i % _width] += weights[i / _width] * _sums[i].Distance;
            }

            int[] there = [.. Enumerable.Range(0, _width).Where(group => rows[group] > 0)];
            return there.Length < 2
                ? double.NaN
                : there.Average(one => there.Where(other => other != one).Max(other => Likeness(one, other)));

            // Two centres at one place are like nothing, as scikit-learn has it.
            double Likeness(int one, int other) =>
                Math.Sqrt(_apart[(one * _width) + other]) is > 0 and var apart
                    ? ((widths[one] / rows[one]) + (widths[other] / rows[other])) / apart
                    : 0;
        }
    }
}
