using Trainyard.Learning.Live;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>Figures as rows of <c>live_metrics</c>.</summary>
internal static class LiveMetrics
{
    /// <param name="model">Null for all that have served.</param>
    public static IEnumerable<LiveMetric> Of(Window window, string? model, LiveFigures live, Promises promises)
    {
        yield return Row(live.Measured.Name, live.Metric, promises.Metric) with
        {
            Baseline = Finite(live.Baseline?.Value),
            Gain = Finite(live.Gain?.Value),
            GainLow = Finite(live.Gain?.Low),
            GainHigh = Finite(live.Gain?.High),
            Intervals = live.Instead is { } instead ? $"{instead} {live.Intervals}" : live.Intervals,
        };
        if (live.ObservedToExpected is { } ratio)
        {
            yield return Row(LiveMetric.ObservedToExpected, ratio, new Estimate(1, null, null));
        }

        if (live.Held is { } held)
        {
            yield return Row(LiveMetric.Held, held, promises.Held);
        }

        LiveMetric Row(string name, Estimate estimate, Estimate? promised) =>
            new(window, name)
            {
                Model = model,
                Value = Finite(estimate.Value),
                Low = Finite(estimate.Low),
                High = Finite(estimate.High),
                Rows = live.Rows,
                Replayed = live.Replayed,
                Promised = Finite(promised?.Value),
                PromisedLow = Finite(promised?.Low),
                PromisedHigh = Finite(promised?.High),
                Intervals = live.Intervals,
            };
    }

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
