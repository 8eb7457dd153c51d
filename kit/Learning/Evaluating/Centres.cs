using Trainyard.Learning.Encoding;
using Trainyard.Learning.Exporting;

namespace Trainyard.Learning.Evaluating;

/// <summary>Centres of groups of rows, at each place of the wide table a number a group.</summary>
public static class Centres
{
    /// <summary>The squared distance of rows from each centre, a number a centre.</summary>
    public static double[] Squares(Design space, EncodedRows rows, ReadOnlySpan<int> order, double[] centres, int width)
    {
        var squares = new double[order.Length * width];
        Squares(space, rows, order, Weights(centres, width), width, squares);
        return squares;
    }

    /// <summary>What a row's values at the places are multiplied with, and what is added, that their sum is its squared
    /// distance less its own square.</summary>
    public static double[] Weights(double[] centres, int width)
    {
        var weights = new double[centres.Length];
        var last = weights.AsSpan(centres.Length - width);
        for (var i = 0; i < centres.Length - width; i++)
        {
            weights[i] = -2 * centres[i];
            last[i % width] += centres[i] * centres[i];
        }

        return weights;
    }

    /// <param name="weights">Those of <see cref="Weights"/>.</param>
    public static void Squares(
        Design space,
        EncodedRows rows,
        ReadOnlySpan<int> order,
        double[] weights,
        int width,
        Span<double> squares
    )
    {
        var own = new double[order.Length];
        space.AddSquares(rows, order, own);
        space.Multiply(rows, order, weights, width, squares);
        for (var i = 0; i < squares.Length; i++)
        {
            squares[i] = Math.Max(0, squares[i] + own[i / width]);
        }
    }

    /// <summary>The same in a graph.</summary>
    public static GraphValue Squares(Design space, IReadOnlyList<GraphValue> columns, double[] weights, int width) =>
        space.Multiply(columns, weights, width).Plus(space.Squares(columns)).Higher(0);
}
