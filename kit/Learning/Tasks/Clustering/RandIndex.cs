namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>How alike two partitions of the same rows are, whatever their parts are called: the share of pairs of rows
/// on which they agree, corrected for chance (Hubert and Arabie 1985). 1 is the same, 0 what chance gives.</summary>
public static class RandIndex
{
    public static double Of(IReadOnlyList<int> one, IReadOnlyList<int> other)
    {
        var both = Pairs(one.Zip(other).CountBy(row => row).Select(each => each.Value));
        var (first, second) = (Pairs(one), Pairs(other));
        var expected = first * second / Math.Max(1, Pairs([one.Count]));
        var most = (first + second) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    private static double Pairs(IReadOnlyList<int> parts) =>
        Pairs(parts.CountBy(part => part).Select(each => each.Value));

    private static double Pairs(IEnumerable<int> counts) => counts.Sum(count => count * (count - 1.0) / 2);
}
