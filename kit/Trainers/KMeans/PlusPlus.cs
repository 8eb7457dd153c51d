namespace Trainyard.Trainers.KMeans;

/// <summary>Where to start: at rows that are far from each other (k-means++, Arthur and Vassilvitskii 2007), of which
/// each is the best of a few.</summary>
internal static class PlusPlus
{
    public static double[] Start(Cloud cloud, int width, Random random)
    {
        var centres = new double[cloud.Space.Places * width];
        cloud.Copy(random.Next(cloud.Count), centres, 0, width);
        var nearest = Only(cloud.SquaresFrom(centres, width), 0, width);
        var tries = 2 + (int)Math.Log(width);
        for (var centre = 1; centre < width; centre++)
        {
            int[] candidates = [.. Enumerable.Range(0, tries).Select(_ => Draw(nearest, random))];
            var some = new double[cloud.Space.Places * tries];
            foreach (var (place, row) in candidates.Index())
            {
                cloud.Copy(row, some, place, tries);
            }

            var squares = cloud.SquaresFrom(some, tries);
            var best = Enumerable.Range(0, tries).MinBy(place => Left(squares, place, tries, nearest));
            cloud.Copy(candidates[best], centres, centre, width);
            for (var row = 0; row < nearest.Length; row++)
            {
                nearest[row] = Math.Min(nearest[row], squares[(row * tries) + best]);
            }
        }

        return centres;
    }

    /// <summary>A row, the likelier the farther it is from all centres.</summary>
    private static int Draw(double[] nearest, Random random)
    {
        var target = random.NextDouble() * nearest.Sum();
        for (var row = 0; row < nearest.Length; row++)
        {
            target -= nearest[row];
            if (target < 0)
            {
                return row;
            }
        }

        return random.Next(nearest.Length);
    }

    /// <summary>The sum of squared distances with one more centre.</summary>
    private static double Left(double[] squares, int place, int width, double[] nearest)
    {
        var sum = 0.0;
        for (var row = 0; row < nearest.Length; row++)
        {
            sum += Math.Min(nearest[row], squares[(row * width) + place]);
        }

        return sum;
    }

    private static double[] Only(double[] squares, int place, int width) =>
        [.. Enumerable.Range(0, squares.Length / width).Select(row => squares[(row * width) + place])];
}
