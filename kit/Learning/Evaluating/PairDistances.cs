using System.Numerics;
using Trainyard.Learning.Encoding;

namespace Trainyard.Learning.Evaluating;

/// <summary>How far some rows lie from each other, two by two: computed once, whatever groups they are put
/// into.</summary>
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
                    Add(values.AsSpan(row + 1), values[row], isName, squares);
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

    /// <summary>Two levels lie at two places, which is a square of 2.</summary>
    private static void Add(ReadOnlySpan<float> values, float own, bool isName, Span<float> squares)
    {
        var (at, mine) = (0, new Vector<float>(own));
        for (; at <= values.Length - Vector<float>.Count; at += Vector<float>.Count)
        {
            var (some, sum) = (new Vector<float>(values[at..]), new Vector<float>(squares[at..]));
            var more = isName
                ? Vector.ConditionalSelect(Vector.Equals(some, mine), Vector<float>.Zero, new Vector<float>(2))
                : (some - mine) * (some - mine);
            (sum + more).CopyTo(squares[at..]);
        }

        for (; at < values.Length; at++)
        {
            squares[at] +=
                !isName ? (values[at] - own) * (values[at] - own)
                : values[at] == own ? 0
                : 2;
        }
    }
}
