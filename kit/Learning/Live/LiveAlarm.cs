using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Live;

/// <summary>Whether predictions have become worse than chance explains: a whole interval must lie beyond a limit. Where
/// there is no interval there is no alarm.</summary>
public static class LiveAlarm
{
    private const double LeastRatio = 0.8;
    private const double MostRatio = 1.25;

    /// <summary>The value that several models promised together, by the rows that each of them has answered.</summary>
    /// <returns>Null where one of them promised nothing.</returns>
    public static double? Promised(IReadOnlyCollection<(double? Value, long Rows)> promises)
    {
        var rows = promises.Sum(promise => promise.Rows);
        return rows == 0 || promises.Any(promise => promise.Value is not { } value || !double.IsFinite(value))
            ? null
            : promises.Sum(promise => promise.Value!.Value * promise.Rows) / rows;
    }

    /// <summary>What is wrong, a sentence each; none where nothing is.</summary>
    /// <param name="promised">What was measured, on the holdout; null where that is not known.</param>
    /// <param name="worseByAtMost">How much worse than promised it may be, as a share of what was promised.</param>
    public static IEnumerable<string> Of(LiveFigures live, double? promised, Share worseByAtMost)
    {
        var metric = live.Measured;
        if (promised is { } promise && live.Metric.HasInterval)
        {
            var room = worseByAtMost.Value * Math.Abs(promise);
            var limit = metric.HigherIsBetter ? promise - room : promise + room;
            if (metric.HigherIsBetter ? live.Metric.High < limit : live.Metric.Low > limit)
            {
                var text = MetricText.For(promise, Math.Abs(promise), [(live.Metric.Value, promise)]);
                yield return $"{Capital(metric.Title)} is {text.Of(live.Metric)} on "
                    + $"{Counted.Of(live.Rows, "prediction")}, more than {worseByAtMost} worse than the "
                    + $"{text.Of(promise)} that the holdout promised.";
            }
        }

        if (
            live.ObservedToExpected is { HasInterval: true } ratio
            && (ratio.High < LeastRatio || ratio.Low > MostRatio)
        )
        {
            var text = MetricText.For(ratio.Value, 1);
            yield return $"What came true is {text.Of(ratio)} times what was predicted, on "
                + $"{Counted.Of(live.Rows, "prediction")}; between "
                + string.Create(CultureInfo.InvariantCulture, $"{LeastRatio} and {MostRatio} is taken for right.");
        }
    }

    private static string Capital(string title) => char.ToUpperInvariant(title[0]) + title[1..];
}
