using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Scoring;

/// <summary>How predictions are spread.</summary>
public static class Histograms
{
    private const int Bins = 40;

    /// <summary>Over the whole of what a task can answer; where that has no ends, between those that only 1 % lie
    /// beyond.</summary>
    public static Histogram Of(ModelTask task, IReadOnlyList<double> predictions)
    {
        if (task.Range is not var (low, high))
        {
            var sorted = predictions.Order().ToArray();
            (low, high) = (
                sorted[(int)(0.005 * (sorted.Length - 1))],
                sorted[(int)Math.Ceiling(0.995 * (sorted.Length - 1))]
            );
            high = high > low ? high : low + Math.Max(1, Math.Abs(low) * 1e-9);
        }

        return Fill(new Histogram(low, high, new long[Bins]), predictions);
    }

    /// <summary>Counts other predictions in the same bins.</summary>
    public static Histogram Fill(Histogram bins, IEnumerable<double> predictions)
    {
        var counts = new long[bins.Counts.Count];
        foreach (var prediction in predictions)
        {
            var place = (prediction - bins.Low) / (bins.High - bins.Low) * counts.Length;
            counts[(int)Math.Clamp(Math.Floor(place), 0, counts.Length - 1)]++;
        }

        return bins with
        {
            Counts = counts,
        };
    }
}
