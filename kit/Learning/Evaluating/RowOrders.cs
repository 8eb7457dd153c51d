using Trainyard.Learning.Data;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>
/// Finds out whether labels drift along the order of the rows, which come by their key. A split by key takes rows to be
/// exchangeable; where neighbours are alike, it measures on rows whose neighbours were learned.
/// </summary>
internal static class RowOrders
{
    private const int Blocks = 20;
    private const int Shuffles = 199;

    /// <summary>Of larger tables every so many-th row is looked at.</summary>
    private const int MostRows = 20_000;

    /// <summary>Less than that is no matter, however sure.</summary>
    private const double LeastShare = 0.01;

    /// <summary>Null where they do not drift. A permutation test: the share of the variance between blocks must be
    /// greater than in all of 199 other orders.</summary>
    public static RowOrder? Of(Labels labels, IReadOnlyList<string> key, int seed)
    {
        double[] known = [.. labels.Values.Where(double.IsFinite)];
        var step = Math.Max(1, (known.Length + MostRows - 1) / MostRows);
        double[] looked = [.. known.Where((_, row) => row % step == 0)];
        if (looked.Length < 10 * Blocks)
        {
            return null;
        }

        Func<double[], double> shareOf = labels.Classes is { } classes
            ? values => OfClasses(values, classes.Count)
            : OfNumbers;
        var share = shareOf(looked);
        if (!(share >= LeastShare))
        {
            return null;
        }

        var (random, byChance) = (new Random(seed), 0.0);
        for (var i = 0; i < Shuffles && byChance < share; i++)
        {
            random.Shuffle(looked);
            byChance = Math.Max(byChance, shareOf(looked));
        }

        return byChance < share ? new RowOrder(key, share, byChance) : null;
    }

    /// <summary>Eta squared: the variance of the blocks' means as a share of all variance; NaN where there is
    /// none.</summary>
    private static double OfNumbers(double[] values)
    {
        var mean = Sum.Mean(values);
        var (between, total) = (0.0, 0.0);
        for (var block = 0; block < Blocks; block++)
        {
            var some = values.AsSpan(FirstOf(block, values.Length)..FirstOf(block + 1, values.Length));
            var sum = 0.0;
            foreach (var value in some)
            {
                sum += value - mean;
                total += (value - mean) * (value - mean);
            }

            between += sum * sum / some.Length;
        }

        return between / total;
    }

    /// <summary>The same of classes (Light and Margolin 1971): of one that is a number for each class, whether a row is
    /// of it, added up.</summary>
    private static double OfClasses(double[] codes, int classes)
    {
        var (all, within) = (new int[classes], 0.0);
        for (var block = 0; block < Blocks; block++)
        {
            var some = codes.AsSpan(FirstOf(block, codes.Length)..FirstOf(block + 1, codes.Length));
            var counts = new int[classes];
            foreach (var code in some)
            {
                counts[(int)code]++;
                all[(int)code]++;
            }

            within += Spread(counts, some.Length);
        }

        var total = Spread(all, codes.Length);
        return (total - within) / total;
    }

    /// <summary>Of rows by class: how many they are, less the sum of squares over it.</summary>
    private static double Spread(int[] counts, int rows) => rows - (counts.Sum(count => (double)count * count) / rows);

    private static int FirstOf(int block, int rows) => (int)((long)block * rows / Blocks);
}
