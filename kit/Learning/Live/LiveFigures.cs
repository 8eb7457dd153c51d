using System.Globalization;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Live;

/// <summary>What predictions came to.</summary>
public sealed record LiveFigures
{
    public required long Rows { get; init; }

    /// <summary>How many of them were published when their labels could be known already.</summary>
    public long Replayed { get; init; }

    /// <summary>What was measured: the metric that decides, or where that asks no label or what was published is too
    /// little for it, the first of the task's for which that is not so.</summary>
    public required Metric Measured { get; init; }

    /// <summary>Why that is another than the one that decides, as a sentence; null where it is not.</summary>
    public string? Instead { get; init; }

    public required Estimate Metric { get; init; }

    /// <summary>The sum of what came true over that of what was predicted; null where that says nothing.</summary>
    public Estimate? ObservedToExpected { get; init; }

    /// <summary>The same metric of the baseline.</summary>
    public Estimate? Baseline { get; init; }

    /// <summary>Over the baseline; positive is better.</summary>
    public Estimate? Gain { get; init; }

    /// <summary>How many labels lie within the intervals that were predicted; null where there were none.</summary>
    public Estimate? Held { get; init; }

    /// <summary>How the intervals were made, or why there are none.</summary>
    public required string Intervals { get; init; }

    /// <summary>Whether there is anything by which chance can be told from change.</summary>
    public bool HasInterval => Metric.HasInterval || ObservedToExpected is { HasInterval: true };

    /// <remarks>A block is never shorter than a local day nor than <c>known_after</c>: the hours of a day, and the days
    /// under one month's label, are not independent of each other.</remarks>
    public static LiveFigures Of(LiveRows rows, int seed, int threads, CancellationToken cancel)
    {
        var (measure, whyInstead) = MeasureOf(rows);
        var blocks = Blocks.OfSpans(rows.Cutoffs, rows.Clock, rows.KnownAfter);
        var comparison = Comparison.Of(
            rows.Task,
            measure,
            rows.Baseline is { } baseline && measure.Lacks(baseline) is null
                ? [rows.Answers, baseline]
                : [rows.Answers],
            rows.Labels,
            blocks,
            seed,
            threads,
            cancel
        );
        var ratio =
            rows.AddUp && rows.Task.Observed(rows.Answers, rows.Labels) is { } observed
                ? Live.ObservedToExpected.Of(observed, rows.Answers.Ranking, blocks)
                : null;
        var held = rows.Answers.Interval is { } interval
            ? new BlockMeans(blocks, row => interval.Holds(row, rows.Labels[row]) ? 1 : 0)
            : null;
        return new LiveFigures
        {
            Rows = rows.Labels.Length,
            Replayed = rows.Replayed,
            Measured = measure.Declaration,
            Instead = whyInstead is null
                ? null
                : $"Not {rows.Metric.Title}, for {whyInstead}; {measure.Declaration.Title} instead.",
            Metric = comparison.Estimates[0],
            ObservedToExpected = ratio is null ? null : Estimated(ratio),
            Baseline = comparison.Estimates.ElementAtOrDefault(1),
            Gain = comparison.Gains.ElementAtOrDefault(0),
            Held = held is null ? null : Estimated(held),
            Intervals = comparison.WhyNone is { } why
                ? $"No intervals, and so no alarm: {why}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"95 % intervals from {Bootstrap.Resamples:N0} resamples of {blocks.Count:N0} whole "
                        + $"{blocks.Words.Many}, seed {seed}."
                ),
        };

        static (IMeasure Measure, string? WhyInstead) MeasureOf(LiveRows rows)
        {
            var wanted = Measures.Of(rows.Metric);
            return WhyNot(wanted, rows.Answers) is { } why
                ? (
                    rows.Task.Declaration.Metrics.Select(Measures.Of).First(each => WhyNot(each, rows.Answers) is null),
                    why
                )
                : (wanted, null);
        }

        static string? WhyNot(IMeasure measure, Answers answers) =>
            !measure.Declaration.NeedsLabel ? "that says nothing of labels"
            : measure.Lacks(answers) is { } lacking ? $"what was published has {lacking}"
            : null;

        Estimate Estimated(ResampledMetric metric)
        {
            var ones = new int[blocks.Count];
            Array.Fill(ones, 1);
            var value = metric.Of(ones);
            if (comparison.WhyNone is not null)
            {
                return new Estimate(value, null, null);
            }

            var (low, high) = Bootstrap.Run([metric], blocks.Count, seed, threads, cancel).Interval(0);
            return new Estimate(value, low, high);
        }
    }
}
