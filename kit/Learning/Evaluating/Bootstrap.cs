using Trainyard.Learning.Metrics;

namespace Trainyard.Learning.Evaluating;

/// <summary>
/// Resamples of whole blocks, paired: the same blocks for every metric given, so that differences can be taken.
/// A resample depends on the seed and its own number only, never on the threads.
/// </summary>
internal sealed class Bootstrap
{
    public const int Resamples = 1000;

    private readonly double[][] _values;

    private Bootstrap(double[][] values) => _values = values;

    /// <param name="metrics">The metrics, over the same blocks.</param>
    public static Bootstrap Run(
        IReadOnlyList<ResampledMetric> metrics,
        int blocks,
        int seed,
        int threads,
        CancellationToken cancel
    )
    {
        double[][] values = [.. metrics.Select(_ => new double[Resamples])];
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
        Parallel.For(
            0,
            Resamples,
            options,
            () => new int[blocks],
            (resample, _, weights) =>
            {
                Array.Clear(weights);
                var random = new Random(unchecked((seed * 1_000_003) + resample));
                for (var i = 0; i < blocks; i++)
                {
                    weights[random.Next(blocks)]++;
                }

                for (var metric = 0; metric < metrics.Count; metric++)
                {
                    values[metric][resample] = metrics[metric].Of(weights);
                }

                return weights;
            },
            _ => { }
        );
        return new Bootstrap(values);
    }

    /// <summary>The 95 % interval of a metric.</summary>
    public (double Low, double High) Interval(int metric) => Percentiles(_values[metric]);

    /// <summary>The 95 % interval of one metric minus another.</summary>
    public (double Low, double High) Interval(int metric, int minus) =>
        Percentiles([.. _values[metric].Zip(_values[minus], (one, other) => one - other)]);

    /// <summary>Resamples in which a metric cannot be computed (no positives) are left out; NaN where that is more than
    /// half of them.</summary>
    private static (double Low, double High) Percentiles(double[] values)
    {
        var sorted = values.Where(double.IsFinite).Order().ToArray();
        return sorted.Length < Resamples / 2 ? (double.NaN, double.NaN) : (At(0.025), At(0.975));

        double At(double share)
        {
            var place = share * (sorted.Length - 1);
            var below = (int)place;
            return below == sorted.Length - 1
                ? sorted[below]
                : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
        }
    }
}
