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
    public static Blocks OfDays(Frame frame, IReadOnlyList<int> rows, Clock clock)
    {
        var (ofDay, ofCutoff) = (new Dictionary<DateTimeOffset, int>(), new Dictionary<DateTimeOffset, int>());
        var daily = clock with { Every = Every.Day };
        int[] blocks = [.. rows.Select(row => PlaceOf(frame.Cutoffs[row]))];
        return new Blocks(Resample.Cutoff, blocks, ofDay.Count);

        int PlaceOf(DateTimeOffset cutoff)
        {
            if (!ofCutoff.TryGetValue(cutoff, out var place))
            {
                var day = daily.Floor(cutoff);
                place = ofDay.TryGetValue(day, out var known) ? known : ofDay[day] = ofDay.Count;
                ofCutoff[cutoff] = place;
            }

            return place;
        }
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
        return new Blocks(Kind, blocks, renamed.Count);
    }
}
