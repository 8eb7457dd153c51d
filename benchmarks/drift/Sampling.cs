namespace Trainyard.Benchmarks.Drift;

/// <summary>Draws counts: of many rows at once as quickly as of few.</summary>
internal static class Sampling
{
    /// <summary>From so many expected rows on a binomial is as good as normal.</summary>
    private const double Many = 500;

    public static double Normal(Random random)
    {
        var (u, v) = (1 - random.NextDouble(), random.NextDouble());
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }

    /// <summary>So many rows over cells of these weights.</summary>
    public static long[] Multinomial(Random random, long rows, double[] weights)
    {
        var counts = new long[weights.Length];
        var (left, rest) = (rows, weights.Sum());
        if (rows < Many)
        {
            var sums = new double[weights.Length];
            for (var (i, sum) = (0, 0.0); i < weights.Length; i++)
            {
                sums[i] = sum += weights[i];
            }

            for (var row = 0L; row < rows; row++)
            {
                var place = Array.BinarySearch(sums, random.NextDouble() * rest);
                counts[Math.Min(place < 0 ? ~place : place, weights.Length - 1)]++;
            }

            return counts;
        }

        for (var i = 0; i < weights.Length && left > 0; i++)
        {
            counts[i] = i == weights.Length - 1 ? left : Binomial(random, left, Math.Min(1, weights[i] / rest));
            left -= counts[i];
            rest -= weights[i];
        }

        return counts;
    }

    private static long Binomial(Random random, long tries, double share)
    {
        if (share > 0.5)
        {
            return tries - Binomial(random, tries, 1 - share);
        }

        if (tries * share > Many)
        {
            var drawn = (tries * share) + (Math.Sqrt(tries * share * (1 - share)) * Normal(random));
            return Math.Clamp((long)Math.Round(drawn), 0, tries);
        }

        if (share <= 0)
        {
            return 0;
        }

        // The lengths of the runs between two hits are geometric.
        var (hits, at, log) = (0L, 0.0, Math.Log(1 - share));
        while (true)
        {
            at += Math.Floor(Math.Log(1 - random.NextDouble()) / log) + 1;
            if (at > tries)
            {
                return hits;
            }

            hits++;
        }
    }
}
