namespace Trainyard.Trainers.KMeans;

/// <summary>Rows by the centre that is nearest: how many, and the sums of their coordinates.</summary>
internal sealed class Gathered(int places, int width)
{
    public int Width => width;

    /// <summary>At each place of the wide table a number a centre.</summary>
    public double[] Sums { get; } = new double[places * width];

    public long[] Counts { get; } = new long[width];

    /// <summary>The sum of all squared distances.</summary>
    public double Inertia { get; private set; }

    /// <summary>How many rows have come from elsewhere.</summary>
    public long Moved { get; private set; }

    public static Gathered Sum(IReadOnlyList<Gathered> parts)
    {
        var all = parts[0];
        foreach (var part in parts.Skip(1))
        {
            for (var i = 0; i < all.Sums.Length; i++)
            {
                all.Sums[i] += part.Sums[i];
            }

            for (var i = 0; i < all.Counts.Length; i++)
            {
                all.Counts[i] += part.Counts[i];
            }

            (all.Inertia, all.Moved) = (all.Inertia + part.Inertia, all.Moved + part.Moved);
        }

        return all;
    }

    public void Put(int row, ReadOnlySpan<double> squares, int[] groups, double[] nearest)
    {
        var best = 0;
        for (var centre = 1; centre < squares.Length; centre++)
        {
            best = squares[centre] < squares[best] ? centre : best;
        }

        Moved += groups[row] == best ? 0 : 1;
        (groups[row], nearest[row]) = (best, squares[best]);
        Counts[best]++;
        Inertia += squares[best];
    }

    /// <summary>The means of those that are together; 0 where there are none.</summary>
    public double[] Means()
    {
        var means = (double[])Sums.Clone();
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = Counts[i % width] == 0 ? 0 : means[i] / Counts[i % width];
        }

        return means;
    }
}
