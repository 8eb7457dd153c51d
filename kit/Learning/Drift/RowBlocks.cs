using Trainyard.Learning.Data;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Drift;

/// <summary>The rows of a train window by the blocks that score runs would have read them in; rows without a label
/// included, for a score run has them too.</summary>
public sealed class RowBlocks
{
    private readonly int[] _seasonOf;
    private readonly long[] _counts;

    private RowBlocks(Clock clock, ClockBlocks blocks, DateTimeOffset[] cutoffs)
    {
        var seasons = new Seasons(clock);
        _seasonOf = [.. blocks.AsOfs.Select(seasons.Of)];
        _counts = new long[blocks.AsOfs.Count];
        foreach (var place in cutoffs.Select(blocks.PlaceOf).Where(place => place >= 0))
        {
            _counts[place]++;
        }
    }

    /// <summary>Null where the table has no time.</summary>
    public static RowBlocks? Of(Clock clock, Window? window, Frame frame) =>
        window is null || frame.Cutoffs.Length == 0
            ? null
            : new RowBlocks(clock, ClockBlocks.Of(clock, window, frame.Cutoffs.Min()), frame.Cutoffs);

    /// <summary>How many rows the blocks of each season had.</summary>
    public IReadOnlyList<SeasonRows> Rows() =>
        [
            .. _seasonOf
                .Zip(_counts)
                .GroupBy(block => block.First, block => block.Second)
                .OrderBy(season => season.Key)
                .Select(season => SeasonRows.Of(season.Key, [.. season])),
        ];
}
