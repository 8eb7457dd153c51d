namespace Trainyard.Trainers.KMeans;

/// <summary>Goes from centres to the means of the rows that are nearest to them, until no row changes its
/// centre.</summary>
internal static class Lloyd
{
    /// <summary>What is gained by less than this share is not worth a step.</summary>
    private const double LeastGain = 1e-9;

    public static Partition From(double[] centres, int width, Cloud cloud, int mostSteps)
    {
        var (groups, nearest) = (new int[cloud.Count], new double[cloud.Count]);
        Array.Fill(groups, -1);
        var gathered = cloud.Gather(centres, width, groups, nearest);
        for (var step = 0; step < mostSteps && gathered.Moved > 0; step++)
        {
            var (means, before) = (gathered.Means(), gathered.Inertia);
            Settle(means, gathered, cloud, nearest);
            (centres, gathered) = (means, cloud.Gather(means, width, groups, nearest));
            if (before - gathered.Inertia <= LeastGain * before && gathered.Counts.All(count => count > 0))
            {
                break;
            }
        }

        return new Partition(centres, gathered, groups);
    }

    /// <summary>Where nobody is near a centre, it goes to the row that is farthest from its own.</summary>
    private static void Settle(double[] means, Gathered gathered, Cloud cloud, double[] nearest)
    {
        for (var centre = 0; centre < gathered.Width; centre++)
        {
            if (gathered.Counts[centre] == 0)
            {
                var farthest = Array.IndexOf(nearest, nearest.Max());
                cloud.Copy(farthest, means, centre, gathered.Width);
                nearest[farthest] = 0;
            }
        }
    }
}
