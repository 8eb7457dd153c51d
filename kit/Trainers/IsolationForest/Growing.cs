using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.IsolationForest;

/// <summary>Grows a tree: a column in which rows differ is drawn, and a place between its lowest and its highest value,
/// until each row is alone or has gone as deep as rows do on average.</summary>
/// <param name="areNumbers">By column.</param>
internal sealed class Growing(EncodedRows rows, bool[] areNumbers, Random random)
{
    /// <summary>With fewer rows the rest of the way is short whichever way a row goes.</summary>
    private const int LeastToBound = 16;

    private readonly List<int> _features = [];
    private readonly List<double> _thresholds = [];
    private readonly List<bool> _nullsLeft = [];
    private readonly List<int> _lefts = [];
    private readonly List<int> _rights = [];
    private readonly List<int> _splitCounts = [];
    private readonly List<double> _leaves = [];
    private readonly List<int> _leafCounts = [];
    private readonly int[] _order = [.. Enumerable.Range(0, rows.Columns.Count)];

    /// <param name="sample">The rows that the tree sees.</param>
    public GrownTree Grow(int[] sample)
    {
        var deepest = (int)Math.Ceiling(Math.Log2(sample.Length));
        var usual = PathLength.Among(sample.Length);
        var bounded = new bool[rows.Columns.Count];
        Add(sample, 0);
        return new GrownTree(_features, _thresholds, _nullsLeft, _lefts, _rights, _splitCounts, _leaves, _leafCounts);

        // A child below 0 is the leaf ~child.
        int Add(Span<int> some, int depth)
        {
            if (some.Length <= 1 || depth == deepest || !TryDraw(some, out var drawn))
            {
                return Leaf(depth, some.Length);
            }

            if (!areNumbers[drawn.Feature] || some.Length < LeastToBound || bounded[drawn.Feature])
            {
                return Parted(some, depth, drawn);
            }

            // What lies farther from all that the tree has seen than they do from each other is alone, and not at
            // their rim.
            var (lowest, highest, _) = Ends(rows.Columns[drawn.Feature], sample);
            var range = (double)highest - lowest;
            var above = Split(drawn.Feature, highest + range, nullsLeft: true, some.Length);
            var below = Split(drawn.Feature, lowest - range, nullsLeft: false, some.Length);
            (_lefts[above], _rights[above]) = (below, Leaf(depth + 1, 0));
            bounded[drawn.Feature] = true;
            (_lefts[below], _rights[below]) = (Leaf(depth + 1, 0), Parted(some, depth, drawn));
            bounded[drawn.Feature] = false;
            return above;
        }

        int Parted(Span<int> some, int depth, Drawn drawn)
        {
            var at = Split(drawn.Feature, drawn.Threshold, drawn.NullsLeft, some.Length);
            var left = Part(some, drawn);
            _lefts[at] = Add(some[..left], depth + 1);
            _rights[at] = Add(some[left..], depth + 1);
            return at;
        }

        // The logarithm of the score that it alone would give.
        int Leaf(int depth, int count)
        {
            _leaves.Add(-(depth + PathLength.Among(count)) / usual);
            _leafCounts.Add(count);
            return ~(_leaves.Count - 1);
        }
    }

    private int Split(int feature, double threshold, bool nullsLeft, int count)
    {
        _features.Add(feature);
        _thresholds.Add(threshold);
        _nullsLeft.Add(nullsLeft);
        _lefts.Add(0);
        _rights.Add(0);
        _splitCounts.Add(count);
        return _features.Count - 1;
    }

    /// <summary>A column in which rows differ, each as likely as any, and where to part them: as often as not nulls
    /// from all others, where there are some; else they go to either side.</summary>
    private bool TryDraw(ReadOnlySpan<int> some, out Drawn drawn)
    {
        random.Shuffle(_order);
        foreach (var column in _order)
        {
            var (low, high, nulls) = Ends(rows.Columns[column], some);
            if (nulls > 0 && nulls < some.Length && (low == high || random.Next(2) == 0))
            {
                drawn = new(column, float.MaxValue, NullsLeft: false);
                return true;
            }

            if (low < high)
            {
                // Not the highest itself, which would part nothing.
                drawn = new(
                    column,
                    Math.Min(low + (random.NextDouble() * ((double)high - low)), Math.BitDecrement((double)high)),
                    NullsLeft: random.Next(2) == 0
                );
                return true;
            }
        }

        drawn = default;
        return false;
    }

    private static (float Low, float High, int Nulls) Ends(float[] column, ReadOnlySpan<int> some)
    {
        var (low, high, nulls) = (float.PositiveInfinity, float.NegativeInfinity, 0);
        foreach (var row in some)
        {
            if (float.IsNaN(column[row]))
            {
                nulls++;
            }
            else
            {
                (low, high) = (Math.Min(low, column[row]), Math.Max(high, column[row]));
            }
        }

        return (low, high, nulls);
    }

    /// <summary>Puts the rows that go left first, and says how many they are.</summary>
    private int Part(Span<int> some, Drawn drawn)
    {
        var (column, left) = (rows.Columns[drawn.Feature], 0);
        for (var i = 0; i < some.Length; i++)
        {
            var value = column[some[i]];
            if (float.IsNaN(value) ? drawn.NullsLeft : value <= drawn.Threshold)
            {
                (some[left], some[i]) = (some[i], some[left]);
                left++;
            }
        }

        return left;
    }

    private readonly record struct Drawn(int Feature, double Threshold, bool NullsLeft);
}
