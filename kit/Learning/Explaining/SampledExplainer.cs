using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Explaining;

/// <summary>
/// Shapley values by sampling permutations (Štrumbelj and Kononenko 2014), for a scorer that can only be asked. A walk
/// leads from a row of reference to the row explained, which takes over the values of one column after another; what
/// that changes in the score is the column's. From each row of reference lead two walks, the second in the reverse
/// order of the first. So a row's contributions add up to its score less the mean of the rows of reference, to the
/// rounding of doubles; how they are shared among the columns has the error that <see cref="ErrorOf"/> tells. The
/// orders are the same for every row, so a row has the same reasons whatever it is explained beside.
/// </summary>
public sealed class SampledExplainer : IExplainer
{
    private const int Seed = 1;

    /// <summary>Numbers of rows between that are made at once; of a wide table a walk has as many alone.</summary>
    private const int MostNumbers = 1 << 21;

    private readonly IScorer _scorer;
    private readonly EncodedRows _reference;

    /// <summary>By row of reference: its scores.</summary>
    private readonly double[] _scores;

    /// <summary>By row of reference: the columns in the order of the first walk.</summary>
    private readonly int[][] _orders;

    private SampledExplainer(IScorer scorer, EncodedRows reference, double[] scores)
    {
        (_scorer, _reference, _scores) = (scorer, reference, scores);
        var random = new Random(Seed);
        _orders = new int[reference.Count][];
        foreach (ref var order in _orders.AsSpan())
        {
            order = [.. Enumerable.Range(0, reference.Columns.Count)];
            random.Shuffle(order);
        }

        Means =
        [
            .. Enumerable
                .Range(0, Width)
                .Select(place => Enumerable.Range(0, reference.Count).Average(row => scores[(row * Width) + place])),
        ];
    }

    public int Width => _scorer.Width;

    public IReadOnlyList<double> Means { get; }

    /// <summary>Null where the scorer answers none of the rows of reference.</summary>
    public static SampledExplainer? Of(IScorer scorer, EncodedRows reference)
    {
        int[] all = [.. Enumerable.Range(0, reference.Count)];
        var scores = Asked(scorer, reference, all);
        int[] answered = [.. all.Where(row => IsAnswer(scores.AsSpan(row * scorer.Width, scorer.Width)))];
        return answered.Length == 0
            ? null
            : new(
                scorer,
                answered.Length == all.Length
                    ? reference
                    : reference.With(answered.Length, [.. reference.Columns.Select(column => Taken(column, answered))]),
                [.. answered.SelectMany(row => scores[(row * scorer.Width)..((row + 1) * scorer.Width)])]
            );
    }

    public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        contributions.Clear();
        foreach (var (at, walks) in Walks(rows, order.ToArray()).Index())
        {
            var own = contributions.Slice(at * walks[0].Length, walks[0].Length);
            foreach (var walk in walks)
            {
                for (var i = 0; i < own.Length; i++)
                {
                    own[i] += walk[i] / walks.Length;
                }
            }
        }
    }

    /// <summary>By the spread of the rows of reference, of which each counts as one look.</summary>
    public double? ErrorOf(EncodedRows rows, ReadOnlySpan<int> order)
    {
        var (squares, count) = (0.0, 0);
        foreach (var walks in Walks(rows, order.ToArray()))
        {
            for (var i = 0; i < walks[0].Length; i++)
            {
                var mean = walks.Average(walk => walk[i]);
                squares += walks.Sum(walk => Math.Pow(walk[i] - mean, 2)) / (walks.Length - 1.0) / walks.Length;
                count++;
            }
        }

        return count == 0 || _reference.Count < 2 ? null : Math.Sqrt(squares / count);
    }

    /// <summary>By row of those explained, and row of reference: what each column changed on its two walks, on average,
    /// by score and column.</summary>
    private IEnumerable<double[][]> Walks(EncodedRows rows, int[] order)
    {
        var columns = rows.Columns.Count;
        var scores = Asked(_scorer, rows, order);
        var both = rows.Beside(order, _reference);
        for (var row = 0; row < order.Length; row++)
        {
            var own = scores.AsSpan(row * Width, Width).ToArray();
            var walks = new double[_reference.Count][];
            var atOnce = Math.Max(1, MostNumbers / (2 * columns * columns));
            for (var first = 0; first < walks.Length; first += atOnce)
            {
                var count = Math.Min(atOnce, walks.Length - first);
                var between = Asked(Between(both, row, order.Length, first, count));
                for (var start = first; start < first + count; start++)
                {
                    walks[start] = new double[Width * columns];
                    var from = _scores.AsSpan(start * Width, Width);
                    for (var back = 0; back < 2; back++)
                    {
                        var place = ((2 * (start - first)) + back) * (columns - 1) * Width;
                        var steps = between.AsSpan(place, (columns - 1) * Width);
                        Add(walks[start], _orders[start], back == 1, from, steps, own);
                    }
                }
            }

            yield return walks;
        }
    }

    /// <summary>The rows of some walks but for their ends, walk by walk.</summary>
    /// <param name="both">The rows explained, and behind them those of reference.</param>
    /// <param name="first">The row of reference from which the first walks lead.</param>
    /// <param name="starts">How many of them there are.</param>
    private EncodedRows Between(EncodedRows both, int row, int explained, int first, int starts)
    {
        var columns = both.Columns.Count;
        var count = starts * 2 * (columns - 1);
        float[][] made = [.. both.Columns.Select(_ => new float[count])];
        for (var (start, at) = (first, 0); start < first + starts; start++)
        {
            for (var back = 0; back < 2; back++)
            {
                for (var taken = 1; taken < columns; taken++, at++)
                {
                    for (var place = 0; place < columns; place++)
                    {
                        var column = ColumnAt(_orders[start], place, back == 1);
                        made[column][at] = both.Columns[column][place < taken ? row : explained + start];
                    }
                }
            }
        }

        return both.With(count, made);
    }

    /// <summary>Adds half of what each column changes on a walk. A row between that the scorer does not answer tells
    /// nothing apart: its columns share what they change together.</summary>
    private void Add(
        double[] walk,
        int[] order,
        bool isBack,
        ReadOnlySpan<double> from,
        ReadOnlySpan<double> between,
        ReadOnlySpan<double> to
    )
    {
        var before = from;
        var since = 0;
        for (var taken = 1; taken <= order.Length; taken++)
        {
            var after = taken == order.Length ? to : between.Slice((taken - 1) * Width, Width);
            if (!IsAnswer(after))
            {
                continue;
            }

            for (var score = 0; score < Width; score++)
            {
                var each = (after[score] - before[score]) / (2 * (taken - since));
                for (var place = since; place < taken; place++)
                {
                    walk[(score * order.Length) + ColumnAt(order, place, isBack)] += each;
                }
            }

            before = after;
            since = taken;
        }
    }

    private static int ColumnAt(int[] order, int place, bool isBack) =>
        order[isBack ? order.Length - 1 - place : place];

    private double[] Asked(EncodedRows rows) => Asked(_scorer, rows, [.. Enumerable.Range(0, rows.Count)]);

    private static double[] Asked(IScorer scorer, EncodedRows rows, int[] order)
    {
        var scores = new double[order.Length * scorer.Width];
        scorer.Score(rows, order, scores);
        return scores;
    }

    private static bool IsAnswer(ReadOnlySpan<double> scores) => !double.IsNaN(scores[0]);

    private static float[] Taken(float[] column, int[] rows) => Array.ConvertAll(rows, row => column[row]);
}
