using Trainyard.Registry;

namespace Trainyard.Steps.Report.Charts;

/// <summary>A bin of a histogram with its borders and its share of all rows.</summary>
public sealed record HistogramBin(double From, double To, long Rows, double Share)
{
    public static IReadOnlyList<HistogramBin> Of(Histogram histogram)
    {
        var width = (histogram.High - histogram.Low) / Math.Max(1, histogram.Counts.Count);
        var all = Math.Max(1, histogram.Counts.Sum());
        return
        [
            .. histogram.Counts.Select(
                (count, bin) =>
                    new HistogramBin(
                        histogram.Low + bin * width,
                        histogram.Low + (bin + 1) * width,
                        count,
                        (double)count / all
                    )
            ),
        ];
    }
}
