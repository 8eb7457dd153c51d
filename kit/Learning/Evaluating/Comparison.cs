using System.Globalization;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>Two or three sets of predictions for the same rows, in one metric, with intervals by blocks where there
/// are enough of them.</summary>
internal sealed record Comparison
{
    public const int LeastBlocks = 20;
    public const int LeastRowsOfClass = 20;

    /// <summary>The estimates of the sets of predictions, in the order given.</summary>
    public required IReadOnlyList<Estimate> Estimates { get; init; }

    /// <summary>The gain of the first over each of the others, positive when better.</summary>
    public required IReadOnlyList<Estimate> Gains { get; init; }

    /// <summary>How the intervals were made, or why there are none.</summary>
    public required string Intervals { get; init; }

    /// <summary>Why there are no intervals, as a part of a sentence; null where there are.</summary>
    public string? WhyNone { get; init; }

    public static Comparison Of(
        ITask task,
        IMeasure measure,
        IReadOnlyList<Answers> answers,
        double[] labels,
        Blocks blocks,
        int seed,
        int threads,
        CancellationToken cancel
    )
    {
        var metrics = answers.Select(each => measure.Prepare(each, labels, blocks)).ToList();
        var ones = new int[blocks.Count];
        Array.Fill(ones, 1);
        var values = metrics.Select(one => one.Of(ones)).ToList();
        var whyNot = WhyNoInterval(task, labels, blocks);
        var bootstrap = whyNot is null ? Bootstrap.Run(metrics, blocks.Count, seed, threads, cancel) : null;
        var sign = measure.Declaration.HigherIsBetter ? 1 : -1;
        return new Comparison
        {
            Estimates = [.. values.Select((value, i) => Estimated(value, bootstrap?.Interval(i)))],
            Gains =
            [
                .. Enumerable
                    .Range(1, values.Count - 1)
                    .Select(i =>
                        Estimated(
                            sign * (values[0] - values[i]),
                            sign > 0 ? bootstrap?.Interval(0, minus: i) : bootstrap?.Interval(i, minus: 0)
                        )
                    ),
            ],
            WhyNone = whyNot,
            Intervals = whyNot is null
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"95 % intervals from {Bootstrap.Resamples:N0} paired resamples of {blocks.Count:N0} whole "
                        + $"{blocks.Words.Many}, seed {seed}."
                )
                : $"No intervals: {whyNot}. The points decide.",
        };
    }

    private static string? WhyNoInterval(ITask task, double[] labels, Blocks blocks) =>
        !blocks.AreEnough
            ? $"only {blocks.Count} {(blocks.Count == 1 ? blocks.Words.One : blocks.Words.Many)}, and fewer than "
                + $"{LeastBlocks} say too little about chance"
            : task.WhyNoInterval(labels);

    /// <remarks>To add 0 makes 0 of -0, which nobody is to read.</remarks>
    private static Estimate Estimated(double value, (double Low, double High)? interval) =>
        new(value + 0.0, interval?.Low + 0.0, interval?.High + 0.0);
}
