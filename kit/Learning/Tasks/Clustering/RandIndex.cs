namespace Trainyard.Learning.Tasks.Clustering;

/// <summary>How alike two partitions of the same rows are, whatever their parts are called: the share of pairs of rows
/// on which they agree, corrected for chance (Hubert and Arabie 1985). 1 is the same, 0 what chance gives.</summary>
public static class RandIndex
{
    public static double Of(IReadOnlyList<int> one, IReadOnlyList<int> other)
    {
        var both = one.Zip(other).CountBy(row => row).Sum(each => Pairs(each.Value));
        var (first, second) = (PairsWithin(one), PairsWithin(other));
        var expected = first * second / Math.Max(1, Pairs(one.Count));
        var most = (first + second) / 2;
        return most == expected ? 1 : (both - expected) / (most - expected);
    }

    private static double PairsWithin(IReadOnlyList<int> parts) =>
        parts.CountBy(part => part).Sum(each => Pairs(each.Value));

    private static double Pairs(double count) => count * (count - 1) / 2;
}
