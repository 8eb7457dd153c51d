using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;

namespace Trainyard.Learning.Evaluating;

/// <summary>Rows as points, for who looks at how far they lie from each other and from the centres of their groups:
/// numbers as they are scaled, a category as a place a level.</summary>
/// <param name="order">The rows, by their places.</param>
public sealed class Points(Design space, EncodedRows rows, int[] order, int threads, CancellationToken cancel)
{
    /// <summary>Of more rows so many are looked at two by two, spread over all.</summary>
    public const int MostPairs = 4000;

    private readonly Lazy<PairDistances> _pairs = new(() =>
        PairDistances.Of(
            space,
            rows,
            Array.ConvertAll(Spread.Of(order.Length, MostPairs), place => order[place]),
            threads,
            cancel
        )
    );

    public int Count => order.Length;

    /// <summary>Of the rows that are looked at two by two, their places among all.</summary>
    public int[] Paired => field ??= Spread.Of(order.Length, MostPairs);

    /// <summary>How far those lie from each other.</summary>
    internal PairDistances Pairs => _pairs.Value;

    /// <summary>The centres of groups: at each place of the wide table a number a group.</summary>
    /// <param name="groups">The group of each row.</param>
    /// <param name="width">How many there are.</param>
    public double[] CentresOf(int[] groups, int width)
    {
        var (sums, counts) = (new double[space.Places * width], new int[width]);
        for (var column = 0; column < rows.Columns.Count; column++)
        {
            var values = rows.Columns[column];
            for (var i = 0; i < order.Length; i++)
            {
                var (place, value) = space.At(column, values[order[i]]);
                sums[(place * width) + groups[i]] += value;
            }
        }

        foreach (var group in groups)
        {
            counts[group]++;
        }

        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = counts[i % width] == 0 ? 0 : sums[i] / counts[i % width];
        }

        return sums;
    }

    /// <summary>The squared distance of each row from each centre.</summary>
    public double[] SquaresFrom(double[] centres, int width) => Centres.Squares(space, rows, order, centres, width);
}
