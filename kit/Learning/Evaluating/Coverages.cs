using System.Globalization;
using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>How many labels of the holdout lie within their intervals, with an interval by whole days: rows of a day
/// miss together.</summary>
internal static class Coverages
{
    /// <returns>Null where the model gives no intervals.</returns>
    public static Coverage? Of(
        Answers answers,
        double[] labels,
        Frame frame,
        int[] rows,
        Clock clock,
        int seed,
        int threads,
        CancellationToken cancel
    )
    {
        if (answers.Interval is not { } interval)
        {
            return null;
        }

        var blocks =
            frame.Cutoffs.Length == 0 ? Blocks.Of(Resample.Row, frame, rows) : Blocks.OfDays(frame, rows, clock);
        var held = new BlockMeans(blocks, row => interval.Holds(row, labels[row]) ? 1 : 0);
        var isEnough = blocks.AreEnough;
        var ends = isEnough ? Bootstrap.Run([held], blocks.Count, seed, threads, cancel).Interval(0) : default;
        return new Coverage
        {
            Asked = interval.Share,
            Held = new Estimate(
                labels.Index().Average(row => interval.Holds(row.Index, row.Item) ? 1 : 0),
                isEnough ? ends.Low : null,
                isEnough ? ends.High : null
            ),
            Below = labels.Index().Average(row => row.Item < interval.Low[row.Index] ? 1 : 0),
            Above = labels.Index().Average(row => row.Item > interval.High[row.Index] ? 1 : 0),
            MeanWidth = Sum.Mean([.. interval.High.Zip(interval.Low, (high, low) => high - low)]),
            Blocks = string.Create(CultureInfo.InvariantCulture, $"{blocks.Count:N0} {blocks.Words.Many}"),
        };
    }
}
