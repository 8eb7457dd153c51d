using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.Pca;

/// <summary>What a step at each place of the wide table counts. A number is in standard deviations already; a level
/// counts the more the fewer rows have it, and so does a null, and all levels of a category together as much as a
/// number.</summary>
internal static class PlaceScales
{
    public static double[] Of(Design space, Encoder encoder, double[][] covariances)
    {
        var scales = new double[space.Places - 1];
        foreach (var (number, column) in encoder.Columns.Index())
        {
            var first = space.FirstOf(number);
            int[] places = [.. Enumerable.Range(first, Design.CountOf(column))];
            if (column.IsNumber)
            {
                scales[first] = 1;
                places = places[1..];
            }

            int[] varying = [.. places.Where(place => covariances[place][place] > 0)];
            foreach (var place in varying)
            {
                scales[place] = 1 / Math.Sqrt(covariances[place][place] * varying.Length);
            }
        }

        return scales;
    }
}
