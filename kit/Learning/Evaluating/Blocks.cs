using Trainyard.Learning.Data;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Evaluating;

/// <summary>Which rows belong together when intervals are made: rows of one day are not independent of each
/// other.</summary>
/// <param name="Kind">What a block is.</param>
/// <param name="OfRow">The block of each row, from 0 on.</param>
/// <param name="Count">How many blocks there are.</param>
public sealed record Blocks(Resample Kind, int[] OfRow, int Count)
{
    /// <summary>Whether they say something about chance.</summary>
    public bool AreEnough => Count >= Comparison.LeastBlocks;

    /// <summary>What one of them, and several, are called.</summary>
    public (string One, string Many) Words { get; init; } =
        Kind switch
        {
            Resample.Cutoff => ("cutoff", "cutoffs"),
            Resample.Key => ("key", "keys"),
            _ => ("row", "rows"),
        };

    public static Blocks Of(Resample kind, Frame frame, IReadOnlyList<int> rows)
    {
        var places = new Dictionary<long, int>();
        int[] blocks =
        [
            .. rows.Select(
                (row, i) =>
                    kind switch
                    {
                        Resample.Cutoff => PlaceOf(frame.Cutoffs[row].UtcTicks),
                        Resample.Key => PlaceOf(unchecked((long)frame.Keys[row])),
                        _ => PlaceOf(i),
                    }
            ),
        ];
        return new Blocks(kind, blocks, places.Count);

        int PlaceOf(long value)
        {
            if (!places.TryGetValue(value, out var place))
            {
                places[value] = place = places.Count;
            }

            return place;
        }
    }

    /// <summary>All rows of a day are a block.</summary>
    /// <param name="clock">Says when days begin.</param>
    public static Blocks OfDays(Frame frame, IReadOnlyList<int> rows, Clock clock) =>
        OfSpans([.. rows.Select(row => frame.Cutoffs[row])], clock, atLeast: null);

    /// <summary>All rows of so many days are a block: rows whose labels look at the same days are not independent of
    /// each other. Spans are counted back from the day of the last cutoff.</summary>
    /// <param name="clock">Says when days begin.</param>
    /// <param name="atLeast">What a block is never shorter than; a day where it is null or shorter.</param>
    public static Blocks OfSpans(IReadOnlyList<DateTimeOffset> cutoffs, Clock clock, Span? atLeast)
    {
        var days = Math.Max(1, atLeast?.DaysOrMore ?? 1);
        var (ofSpan, ofCutoff) = (new Dictionary<int, int>(), new Dictionary<DateTimeOffset, int>());
        var last = cutoffs.Count == 0 ? 0 : DayOf(cutoffs.Max());
        int[] blocks = [.. cutoffs.Select(PlaceOf)];
        return new Blocks(Resample.Cutoff, blocks, ofSpan.Count)
        {
            Words = days == 1 ? ("day", "days") : ($"span of {days} days", $"spans of {days} days"),
        };

        int DayOf(DateTimeOffset cutoff) => DateOnly.FromDateTime(clock.Local(cutoff)).DayNumber;

        int PlaceOf(DateTimeOffset cutoff)
        {
            if (!ofCutoff.TryGetValue(cutoff, out var place))
            {
                var span = (last - DayOf(cutoff)) / days;
                place = ofSpan.TryGetValue(span, out var known) ? known : ofSpan[span] = ofSpan.Count;
                ofCutoff[cutoff] = place;
            }

            return place;
        }
    }

    /// <summary>Parts that are about equally large, as many as are enough to say something about chance. Rows of a
    /// cutoff are in one part, and parts follow each other in time, where there are cutoffs enough for that.</summary>
    public static Blocks InParts(Frame frame, IReadOnlyList<int> rows)
    {
        DateTimeOffset[] cutoffs =
            frame.Cutoffs.Length == 0 ? [] : [.. rows.Select(row => frame.Cutoffs[row]).Distinct().Order()];
        if (cutoffs.Length < Comparison.LeastBlocks)
        {
            var few = Math.Min(rows.Count, Comparison.LeastBlocks);
            return new Blocks(Resample.Row, [.. rows.Select((_, place) => PartOf(place, rows.Count, few))], few);
        }

        var places = cutoffs.Index().ToDictionary(each => each.Item, each => each.Index);
        return new Blocks(
            Resample.Cutoff,
            [.. rows.Select(row => PartOf(places[frame.Cutoffs[row]], cutoffs.Length, Comparison.LeastBlocks))],
            Comparison.LeastBlocks
        );

        static int PartOf(int place, int of, int parts) => (int)((long)place * parts / of);
    }

    /// <summary>The blocks of some of the rows.</summary>
    public Blocks Take(IReadOnlyList<int> places)
    {
        var renamed = new Dictionary<int, int>();
        int[] blocks =
        [
            .. places.Select(place =>
                renamed.TryGetValue(OfRow[place], out var block) ? block : renamed[OfRow[place]] = renamed.Count
            ),
        ];
        return this with { OfRow = blocks, Count = renamed.Count };
    }
}
