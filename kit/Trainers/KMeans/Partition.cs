namespace Trainyard.Trainers.KMeans;

/// <summary>Centres with the rows that are nearest to them.</summary>
/// <param name="Centres">At each place of the wide table a number a centre.</param>
/// <param name="Groups">The centre of each row.</param>
internal sealed record Partition(double[] Centres, Gathered Gathered, int[] Groups)
{
    /// <summary>The same with its centres at the places of those of another, by the rows that both have
    /// there.</summary>
    public Partition Aligned(Partition other, Cloud cloud)
    {
        var width = Gathered.Width;
        var places = new int[width];
        Array.Fill(places, -1);
        foreach (
            var (own, theirs) in Groups
                .Zip(other.Groups)
                .CountBy(row => row)
                .OrderByDescending(both => both.Value)
                .Select(both => both.Key)
        )
        {
            if (places[own] < 0 && !places.Contains(theirs))
            {
                places[own] = theirs;
            }
        }

        // What has no row in common with any that is left takes what is left.
        var left = new Queue<int>(Enumerable.Range(0, width).Except(places));
        places = Array.ConvertAll(places, place => place < 0 ? left.Dequeue() : place);
        var centres = new double[Centres.Length];
        for (var i = 0; i < centres.Length; i++)
        {
            centres[i - (i % width) + places[i % width]] = Centres[i];
        }

        var groups = Array.ConvertAll(Groups, group => places[group]);
        return new(centres, cloud.Gather(centres, width, groups, new double[groups.Length]), groups);
    }

    /// <summary>The share of rows that are where another has them.</summary>
    public double ShareIn(Partition other) =>
        Groups.Zip(other.Groups).Average(row => row.First == row.Second ? 1.0 : 0);
}
