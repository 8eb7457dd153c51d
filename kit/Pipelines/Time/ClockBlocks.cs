namespace Trainyard.Pipelines;

/// <summary>The blocks of a clock, one <see cref="Every"/> each, that lie whole in a window: what the score runs of its
/// as-ofs would read.</summary>
public sealed class ClockBlocks
{
    /// <summary>Eleven years of hours; of more the newest.</summary>
    private const int Most = 100_000;

    private readonly DateTimeOffset _after;
    private readonly DateTimeOffset[] _asOfs;

    private ClockBlocks(DateTimeOffset after, DateTimeOffset[] asOfs) => (_after, _asOfs) = (after, asOfs);

    /// <summary>The as-ofs at the ends of the blocks, the oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> AsOfs => _asOfs;

    /// <param name="first">The first cutoff in the window; blocks that end before it are none.</param>
    public static ClockBlocks Of(Clock clock, Window window, DateTimeOffset first)
    {
        var (asOfs, at) = (new List<DateTimeOffset>(), clock.Floor(window.To));
        while (at >= first && asOfs.Count < Most && clock.Previous(at) is var before && before >= window.From)
        {
            asOfs.Add(at);
            at = before;
        }

        asOfs.Reverse();
        return new ClockBlocks(at, [.. asOfs]);
    }

    /// <summary>The place of the block that holds a cutoff; -1 where none does.</summary>
    public int PlaceOf(DateTimeOffset cutoff)
    {
        if (_asOfs.Length == 0 || cutoff <= _after || cutoff > _asOfs[^1])
        {
            return -1;
        }

        var place = Array.BinarySearch(_asOfs, cutoff);
        return place < 0 ? ~place : place;
    }
}
