namespace Trainyard.Learning.Drift;

/// <summary>The levels of a category in a few groups with about as many rows each, the most frequent first. A block of
/// fifty rows has about as many of three hundred levels whatever it holds; of ten groups it has a share.</summary>
public sealed class LevelGroups
{
    private const int Most = 10;

    private readonly int[] _groupOf;

    private LevelGroups(int[] groupOf) => _groupOf = groupOf;

    /// <param name="bins">The rows of each bin; the last is null.</param>
    public static LevelGroups Of(IReadOnlyList<long> bins)
    {
        var (groupOf, before, all) = (new int[bins.Count - 1], 0L, bins.SkipLast(1).Sum());
        foreach (var bin in Enumerable.Range(0, groupOf.Length).OrderByDescending(bin => bins[bin]))
        {
            // Where the middle of its rows lies.
            groupOf[bin] = all == 0 ? 0 : (int)Math.Min(Most - 1, Most * (before + (bins[bin] / 2)) / all);
            before += bins[bin];
        }

        return new LevelGroups(groupOf);
    }

    /// <summary>The rows in each group, of counts in bins.</summary>
    public long[] Sums(ReadOnlySpan<long> bins)
    {
        var sums = new long[Most];
        for (var bin = 0; bin < _groupOf.Length; bin++)
        {
            sums[_groupOf[bin]] += bins[bin];
        }

        return sums;
    }
}
