namespace Trainyard.Learning.Evaluating;

/// <summary>How well each row lies in its group.</summary>
public static class Separation
{
    /// <summary>The silhouette of each of the points that are looked at two by two (Rousseeuw 1987): how much nearer it
    /// is on average to those of its own group than to those of the nearest other, as a share of the greater. 0 of a
    /// row that is alone in its group; null where there are no two groups.</summary>
    /// <param name="groups">The group of each of the points, all of them.</param>
    public static double[]? Of(Points points, int[] groups)
    {
        int[] own = Array.ConvertAll(points.Paired, place => groups[place]);
        var width = own.Length == 0 ? 0 : own.Max() + 1;
        var counts = new int[width];
        foreach (var group in own)
        {
            counts[group]++;
        }

        return counts.Count(count => count > 0) < 2 ? null : Of(points.Pairs, own, counts);
    }

    private static double[] Of(PairDistances pairs, int[] own, int[] counts)
    {
        var width = counts.Length;
        var sums = new double[own.Length * width];
        for (var row = 0; row < own.Length; row++)
        {
            var (first, group) = (row * width, own[row]);
            var at = (row + 1) * width;
            var other = row + 1;
            foreach (var distance in pairs.After(row))
            {
                sums[first + own[other]] += distance;
                sums[at + group] += distance;
                at += width;
                other++;
            }
        }

        var silhouettes = new double[own.Length];
        for (var row = 0; row < own.Length; row++)
        {
            silhouettes[row] = Of(sums.AsSpan(row * width, width), own[row], counts);
        }

        return silhouettes;
    }

    private static double Of(ReadOnlySpan<double> sums, int own, int[] counts)
    {
        if (counts[own] == 1)
        {
            return 0;
        }

        var (within, between) = (sums[own] / (counts[own] - 1), double.PositiveInfinity);
        for (var group = 0; group < counts.Length; group++)
        {
            between = group == own || counts[group] == 0 ? between : Math.Min(between, sums[group] / counts[group]);
        }

        var greater = Math.Max(within, between);
        return greater == 0 ? 0 : (between - within) / greater;
    }
}
