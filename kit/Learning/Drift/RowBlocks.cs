using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Drift;

/// <summary>The rows of a train window by the blocks that score runs would have read them in; rows without a label
/// included, for a score run has them too.</summary>
public sealed class RowBlocks
{
    private readonly Definition _definition;
    private readonly ClockBlocks _blocks;
    private readonly Seasons _seasons;
    private readonly int[] _seasonOf;
    private readonly long[] _counts;

    /// <summary>The rows in the order of their blocks, and where those of each begin.</summary>
    private readonly int[] _rows;
    private readonly int[] _begins;

    private RowBlocks(Definition definition, ClockBlocks blocks, DateTimeOffset[] cutoffs)
    {
        (_definition, _blocks, _seasons) = (definition, blocks, new Seasons(definition.Clock));
        _seasonOf = [.. blocks.AsOfs.Select(_seasons.Of)];
        Places = Array.ConvertAll(cutoffs, blocks.PlaceOf);
        _counts = new long[blocks.AsOfs.Count];
        foreach (var place in Places.Where(place => place >= 0))
        {
            _counts[place]++;
        }

        (_begins, _rows) = (new int[_counts.Length + 1], new int[_counts.Sum()]);
        for (var block = 0; block < _counts.Length; block++)
        {
            _begins[block + 1] = _begins[block] + (int)_counts[block];
        }

        int[] next = [.. _begins];
        for (var row = 0; row < Places.Length; row++)
        {
            if (Places[row] is >= 0 and var place)
            {
                _rows[next[place]++] = row;
            }
        }
    }

    /// <summary>Of each row the place of its block; -1 where it is in none that is whole.</summary>
    internal int[] Places { get; }

    /// <summary>Null where the table has no time.</summary>
    public static RowBlocks? Of(Definition definition, Window? window, Frame frame) =>
        window is null || frame.Cutoffs.Length == 0
            ? null
            : new RowBlocks(definition, ClockBlocks.Of(definition.Clock, window, frame.Cutoffs.Min()), frame.Cutoffs);

    /// <summary>What is known of them.</summary>
    /// <param name="encoder">Of the fit that answers.</param>
    public KnownBlocks Known(Frame frame, Encoder encoder, int threads, CancellationToken cancel)
    {
        var left = CutoffParts.Of(_definition);
        return new KnownBlocks
        {
            Rows =
            [
                .. _seasonOf
                    .Zip(_counts)
                    .GroupBy(block => block.First, block => block.Second)
                    .OrderBy(season => season.Key)
                    .Select(season => SeasonRows.Of(season.Key, [.. season])),
            ],
            Moves = MovesHistory.Of(
                _seasons,
                _blocks.AsOfs,
                _counts,
                _seasonOf,
                [
                    .. encoder
                        .Columns.Where(column => !left.Contains(column.Name))
                        .Select(column => new InputHistory(column, frame.Find(column.Name)!, this)),
                ],
                threads,
                cancel
            ),
        };
    }

    internal ReadOnlySpan<int> RowsOf(int block) => _rows.AsSpan(_begins[block].._begins[block + 1]);
}
