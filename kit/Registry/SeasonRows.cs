using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>How many rows the blocks of a season had, rows without a label included.</summary>
/// <param name="Season">As <see cref="Pipelines.Seasons"/> numbers them.</param>
/// <param name="Blocks">How many there are to compare with.</param>
/// <param name="Median">Of their rows.</param>
/// <param name="Low">The 2nd percentile of their rows.</param>
public sealed record SeasonRows(int Season, int Blocks, double Median, double Low)
{
    /// <summary>Of fewer blocks nothing can be told.</summary>
    public const int FewestBlocks = 8;

    private const double LowPercentile = 0.02;

    /// <summary>Both constants were set on a year of flights (benchmarks/drift.py): a run below this share of the 2nd
    /// percentile, and below the share of the median that the spec names, is held back.</summary>
    private const double OfLow = 0.9;

    /// <summary>A block with less than this share of the median was itself not whole, and is no reference.</summary>
    private const double LeastOfMedian = 0.25;

    /// <summary>Where there is no block like a run's.</summary>
    public static SeasonRows None(int season) => new(season, 0, 0, 0);

    /// <summary>What can be told of the rows of some blocks, of one at least.</summary>
    public static SeasonRows Of(int season, IReadOnlyCollection<long> rows)
    {
        var least = LeastOfMedian * Quantile([.. rows.Order()], 0.5);
        long[] whole = [.. rows.Where(count => count >= least).Order()];
        return new SeasonRows(season, whole.Length, Quantile(whole, 0.5), Quantile(whole, LowPercentile));
    }

    public bool CanJudge => Blocks >= FewestBlocks;

    /// <summary>Below both a run is held back; between them it is worth a word.</summary>
    public (double OfMedian, double OfPercentile) Limits(double share) => (share * Median, OfLow * Low);

    /// <summary>What is to be said of a run with so many rows.</summary>
    /// <param name="share">Of the median, below which a run may be held back: 0 never holds one back.</param>
    public RowsVerdict Judge(long rows, double share)
    {
        var (ofMedian, ofPercentile) = Limits(share);
        return (CanJudge, share > 0, rows < ofMedian, rows < ofPercentile) switch
        {
            (false, _, _, _) => RowsVerdict.NotJudged,
            (_, true, true, true) => RowsVerdict.HeldBack,
            (_, true, true, _) or (_, true, _, true) => RowsVerdict.Few,
            _ => RowsVerdict.Usual,
        };
    }

    /// <summary>Between two values on the line that joins them.</summary>
    private static double Quantile(long[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var (low, high) = ((int)Math.Floor(place), (int)Math.Ceiling(place));
        return sorted[low] + ((place - low) * (sorted[high] - sorted[low]));
    }
}

/// <summary>Whether a run has as many rows as blocks like it had.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RowsVerdict>))]
public enum RowsVerdict
{
    /// <summary>There are too few blocks like it.</summary>
    [JsonStringEnumMemberName("not_judged")]
    NotJudged,

    [JsonStringEnumMemberName("usual")]
    Usual,

    [JsonStringEnumMemberName("few")]
    Few,

    [JsonStringEnumMemberName("held_back")]
    HeldBack,
}
