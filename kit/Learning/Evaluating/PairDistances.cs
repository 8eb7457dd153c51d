using System.Numerics;
using Trainyard.Learning.Encoding;

namespace Trainyard.Learning.Evaluating;

/// <summary>How far some rows lie from each other, two by two, in a unit in which 32 bits hold the squares: computed
/// once, whatever groups they are put into.</summary>
internal sealed class PairDistances
{
    /// <summary>Of each row the distances from those after it.</summary>
    private readonly float[][] _after;

    private PairDistances(float[][] after) => _after = after;

    public int Count => _after.Length;

    /// <summary>From a row to those after it.</summary>
    public ReadOnlySpan<float> After(int row) => _after[row];

    public static PairDistances Of(Design space, EncodedRows rows, int[] order, int threads, CancellationToken cancel)
    {
        var columns = Enumerable
            .Range(0, rows.Columns.Count)
            .SelectMany(column => Coordinates(space, column, Array.ConvertAll(order, row => rows.Columns[column][row])))
            .ToArray();
        var square = InShares(columns);
        var after = new float[order.Length][];
        Parallel.For(
            0,
            order.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            row =>
            {
                var squares = new float[order.Length - row - 1];
                foreach (var (values, isName) in columns)
                {
                    Add(values.AsSpan(row + 1), values[row], isName ? square : null, squares);
                }

                for (var i = 0; i < squares.Length; i++)
                {
                    squares[i] = MathF.Sqrt(squares[i]);
                }

                after[row] = squares;
            }
        );
        return new(after);
    }

    /// <summary>A column of the rows as one or two of numbers: how far a null lies aside has one of its own.</summary>
    private static IEnumerable<(float[] Values, bool IsName)> Coordinates(Design space, int column, float[] values)
    {
        if (!space.IsNumber(column))
        {
            return [(values, true)];
        }

        var aside = Array.ConvertAll(values, value => float.IsNaN(value) ? (float)space.At(column, value).Value : 0);
        var numbers = (Array.ConvertAll(values, value => float.IsNaN(value) ? 0 : value), false);
        return Array.TrueForAll(aside, value => value == 0) ? [numbers] : [numbers, (aside, false)];
    }

    /// <summary>Divides numbers by a power of two near the largest, which rounds nothing.</summary>
    /// <returns>What is then the square of the distance between two levels: they lie at two places, which is a square
    /// of 2.</returns>
    private static float InShares((float[] Values, bool IsName)[] columns)
    {
        var largest = columns.Max(column => column.IsName ? 1 : column.Values.Max(MathF.Abs));
        if (largest == 0)
        {
            return 2;
        }

        var power = -Math.ILogB(largest);
        foreach (var (values, isName) in columns)
        {
            for (var row = 0; !isName && row < values.Length; row++)
            {
                values[row] = MathF.ScaleB(values[row], power);
            }
        }

        return MathF.ScaleB(2, 2 * power);
    }

    /// <param name="ofNames">Where values are names: the square of the distance between two of them.</param>
    private static void Add(ReadOnlySpan<float> values, float own, float? ofNames, Span<float> squares)
    {
        var (at, mine) = (0, new Vector<float>(own));
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var (some, sum) = (new Vector<float>(values[at..]), new Vector<float>(squares[at..]));
            var more = ofNames is { } square
                ? Vector.ConditionalSelect(Vector.Equals(some, mine), Vector<float>.Zero, new Vector<float>(square))
                : (some - mine) * (some - mine);
            (sum + more).CopyTo(squares[at..]);
        }

        for (; at < values.Length; at++)
        {
            squares[at] +=
                ofNames is not { } square ? (values[at] - own) * (values[at] - own)
                : values[at] == own ? 0
                : square;
        }
    }
}
