namespace Trainyard.Learning.Drift;

/// <summary>The logarithms of how far a block lies from other rows in one input: in what it holds where it is not null,
/// level by level and in groups of levels, in how often it is null, and in how often its level is one that no other row
/// has. NaN where there is none.</summary>
public readonly record struct Distances(double Values, double Nulls, double Unseen, double Groups)
{
    public const int OfNumbers = 2;
    public const int OfCategories = 4;

    public double this[int which] =>
        which switch
        {
            0 => Values,
            1 => Nulls,
            2 => Unseen,
            _ => Groups,
        };

    /// <param name="block">Its rows in each bin; the last is null.</param>
    /// <param name="unseen">Its rows with a level that no other row has.</param>
    /// <param name="others">The other rows in each bin.</param>
    /// <param name="groups">Of a category: the groups of its levels in the other rows.</param>
    public static Distances Of(
        ReadOnlySpan<long> block,
        long unseen,
        ReadOnlySpan<long> others,
        LevelGroups? groups = null
    )
    {
        var (rows, nulls) = (Sum(block), block[^1]);
        var (otherRows, otherNulls) = (Sum(others), others[^1]);
        var (known, otherKnown) = (rows - nulls, otherRows - otherNulls);
        return new Distances(
            Logarithm(JensenShannon(block[..^1], others[..^1]), known),
            Logarithm(JensenShannon([known, nulls], [otherKnown, otherNulls]), rows),
            Logarithm(JensenShannon([known - unseen, unseen], [otherKnown, 0]), known),
            groups is null ? double.NaN : Logarithm(JensenShannon(groups.Sums(block), groups.Sums(others)), known)
        );
    }

    /// <summary>The divergence of Jensen and Shannon of two spreads, in nats: 0 where they are equal, ln 2 where they
    /// have nothing in common; NaN where one has no rows.</summary>
    public static double JensenShannon(ReadOnlySpan<long> one, ReadOnlySpan<long> other)
    {
        var (ones, others, divergence, alone) = ((double)Sum(one), (double)Sum(other), 0.0, 0L);
        for (var bin = 0; bin < one.Length; bin++)
        {
            if (one[bin] == 0)
            {
                alone += other[bin];
                continue;
            }

            var (p, q) = (one[bin] / ones, other[bin] / others);
            divergence += p * Math.Log(2 * p / (p + q)) + (q > 0 ? q * Math.Log(2 * q / (p + q)) : 0);
        }

        return ones == 0 || others == 0 ? double.NaN : Math.Max(0, (divergence + (alone / others * Math.Log(2))) / 2);
    }

    /// <summary>What a spread of two bins differs by in so many rows for chance alone, about; it keeps the logarithm of
    /// no distance finite.</summary>
    public static double Chance(long rows) => 0.125 / Math.Max(1, rows);

    private static double Logarithm(double distance, long rows) =>
        double.IsNaN(distance) ? double.NaN : Math.Log(distance + Chance(rows));

    private static long Sum(ReadOnlySpan<long> counts)
    {
        var sum = 0L;
        foreach (var count in counts)
        {
            sum += count;
        }

        return sum;
    }
}
