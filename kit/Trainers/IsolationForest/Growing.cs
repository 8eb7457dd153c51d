using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.IsolationForest;

/// <summary>Grows a tree: a column in which rows differ is drawn, and a place between its lowest and its highest value,
/// until each row is alone or has gone as deep as rows do on average.</summary>
internal sealed class Growing(EncodedRows rows, Random random)
{
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
        Add(sample, 0);
        return new GrownTree(_features, _thresholds, _nullsLeft, _lefts, _rights, _splitCounts, _leaves, _leafCounts);

        // A child below 0 is the leaf ~child.
        int Add(Span<int> some, int depth)
        {
            if (some.Length <= 1 || depth == deepest || !TryDraw(some, out var drawn))
            {
                // The logarithm of the score that this leaf alone would give.
                _leaves.Add(-(depth + PathLength.Among(some.Length)) / usual);
                _leafCounts.Add(some.Length);
                return ~(_leaves.Count - 1);
            }

            var (at, (feature, threshold, nullsLeft)) = (_features.Count, drawn);
            _features.Add(feature);
            _thresholds.Add(threshold);
            _nullsLeft.Add(nullsLeft);
            _lefts.Add(0);
            _rights.Add(0);
            _splitCounts.Add(some.Length);
            var left = Part(some, feature, threshold, nullsLeft);
            _lefts[at] = Add(some[..left], depth + 1);
            _rights[at] = Add(some[left..], depth + 1);
            return at;
        }
    }

    /// <summary>A column in which rows differ, each as likely as any, and where to part them: as often as not nulls from
    /// all others, where there are some; else they go to either side.</summary>
    private bool TryDraw(ReadOnlySpan<int> some, out (int Feature, double Threshold, bool NullsLeft) drawn)
    {
        random.Shuffle(_order);
        foreach (var column in _order)
        {
            var (low, high, nulls) = Ends(rows.Columns[column], some);
            var areNullsApart = nulls > 0 && nulls < some.Length && (low == high || random.Next(2) == 0);
            if (areNullsApart)
            {
                drawn = (column, high, false);
                return true;
            }

            if (low < high)
            {
                // Not the highest itself, which would part nothing.
                var threshold = low + (random.NextDouble() * ((double)high - low));
                drawn = (column, Math.Min(threshold, Math.BitDecrement((double)high)), random.Next(2) == 0);
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
    private int Part(Span<int> some, int feature, double threshold, bool nullsLeft)
    {
        var (column, left) = (rows.Columns[feature], 0);
        for (var i = 0; i < some.Length; i++)
        {
            var value = column[some[i]];
            if (float.IsNaN(value) ? nullsLeft : value <= threshold)
            {
                (some[left], some[i]) = (some[i], some[left]);
                left++;
            }
        }

        return left;
    }
}
