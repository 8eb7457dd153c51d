namespace Trainyard.Benchmarks.Drift;

/// <summary>What others say of the same rows: a day beside all rows of training.</summary>
internal static class Rivals
{
    private const int EvidentlyFewRows = 1000;

    /// <summary>An input whose population stability index, over the bins that ours has, is above 0.25.</summary>
    public static bool PsiAboveQuarter(long[] now, long[] then)
    {
        var (rows, all) = ((double)now.Sum(), (double)then.Sum());
        return now.Zip(then)
                .Where(bin => bin is not (0, 0))
                .Select(bin => (Now: Math.Max(bin.First, 0.5) / rows, Then: Math.Max(bin.Second, 0.5) / all))
                .Sum(bin => (bin.Now - bin.Then) * Math.Log(bin.Now / bin.Then)) > 0.25;
    }

    /// <summary>Kolmogorov and Smirnov: a number whose two spreads would differ so in fewer than 5 of 100
    /// pairs.</summary>
    public static bool KolmogorovSmirnov(ReadOnlySpan<long> now, ReadOnlySpan<long> then)
    {
        var (n, m, sumNow, sumThen, largest) = ((double)Sum(now), (double)Sum(then), 0L, 0L, 0.0);
        if (n == 0)
        {
            return false;
        }

        for (var cell = 0; cell < now.Length; cell++)
        {
            sumNow += now[cell];
            sumThen += then[cell];
            largest = Math.Max(largest, Math.Abs((sumNow / n) - (sumThen / m)));
        }

        // The asymptotic critical value at 0.05.
        return largest > 1.3581 * Math.Sqrt((n + m) / (n * m));
    }

    /// <summary>
    /// The defaults that Evidently publishes (docs, "Data drift algorithm"): of more than 1,000 rows of reference a
    /// number has drifted where the distance of Wasserstein is 0.1 standard deviations, and a category where that of
    /// Jensen and Shannon is 0.1; of fewer by Kolmogorov and Smirnov, and chi squared, at 0.05.
    /// </summary>
    public static bool Evidently(bool isNumber, ReadOnlySpan<long> now, ReadOnlySpan<long> then) =>
        Sum(then) <= EvidentlyFewRows
            ? throw new NotSupportedException("Training has more rows than that in every cell.")
        : Sum(now) == 0 ? false
        : isNumber ? Wasserstein(now, then) >= 0.1
        : Math.Sqrt(Learning.Drift.Distances.JensenShannon(now, then)) >= 0.1;

    private static double Wasserstein(ReadOnlySpan<long> now, ReadOnlySpan<long> then)
    {
        var (n, m, sumNow, sumThen, distance) = ((double)Sum(now), (double)Sum(then), 0L, 0L, 0.0);
        var (mean, square) = (0.0, 0.0);
        for (var cell = 0; cell < now.Length; cell++)
        {
            sumNow += now[cell];
            sumThen += then[cell];
            distance += Math.Abs((sumNow / n) - (sumThen / m));
            mean += cell * then[cell] / m;
            square += (double)cell * cell * then[cell] / m;
        }

        return distance / Math.Max(0.001, Math.Sqrt(square - (mean * mean)));
    }

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
