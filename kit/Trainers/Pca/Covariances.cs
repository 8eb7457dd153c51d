using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.Pca;

/// <summary>The means of rows at each place of the wide table but the last, and how they vary together.</summary>
internal static class Covariances
{
    /// <summary>What is less is what rounding has left of none.</summary>
    private const double LeastVariance = 1e-12;

    public static (double[] Means, double[][] Covariances) Of(
        Design space,
        EncodedRows rows,
        int[] order,
        int threads,
        CancellationToken cancel
    )
    {
        var size = space.Places - 1;
        var means = new double[size];
        var products = Array.ConvertAll(means, _ => new double[size]);
        var columns = rows.Columns.Count;
        for (var column = 0; column < columns; column++)
        {
            foreach (var row in order)
            {
                var (place, value) = space.At(column, rows.Columns[column][row]);
                means[place] += value / order.Length;
            }
        }

        // Each pair of columns has places of its own, so any number of threads gives the same bits.
        Parallel.For(
            0,
            columns,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            one =>
            {
                for (var other = 0; other <= one; other++)
                {
                    cancel.ThrowIfCancellationRequested();
                    foreach (var row in order)
                    {
                        var (place, value) = space.At(one, rows.Columns[one][row]);
                        var (across, times) = space.At(other, rows.Columns[other][row]);
                        products[place][across] += value * times / order.Length;
                    }
                }
            }
        );
        for (var place = 0; place < size; place++)
        {
            for (var other = 0; other <= place; other++)
            {
                // Places of later columns are greater; two of one column are never both there.
                var covariance = products[place][other] - (means[place] * means[other]);
                products[place][other] = products[other][place] =
                    place == other && covariance < LeastVariance ? 0 : covariance;
            }
        }

        return (means, products);
    }
}
