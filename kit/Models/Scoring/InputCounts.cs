using Trainyard.Models.Data;
using Trainyard.Models.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Models.Scoring;

/// <summary>What one input holds, in the bins of training: a number's deciles, a category's most frequent levels; null has a bin of its own.</summary>
internal sealed class InputCounts
{
    private readonly EncodedColumn _column;
    private readonly ColumnProfile _trained;

    /// <summary>Of a number: the upper ends of the bins, without the last.</summary>
    private readonly double[] _ends = [];
    private readonly Dictionary<string, int> _levels = new(StringComparer.Ordinal);

    /// <summary>The share of each bin in training; the last bin is null.</summary>
    private readonly double[] _expected;
    private readonly long[] _counts;
    private long _rows;
    private long _unseen;
    private double _sum;

    public InputCounts(EncodedColumn column, ColumnProfile trained)
    {
        (_column, _trained) = (column, trained);
        var rows = Math.Max(1, trained.Count);
        List<double> shares = [];
        if (column.Kind == FeatureColumnKind.Number)
        {
            // Deciles that fall together make one bin, which ends at the last of them.
            var deciles = ColumnProfile.QuantileAt.Index().Where(at => Math.Round(at.Item * 10, 6) % 1 == 0 && at.Item is > 0 and < 1)
                .Select(at => (At: at.Item, End: trained.Quantiles?[at.Index] ?? 0)).GroupBy(decile => decile.End).ToList();
            _ends = [.. deciles.Select(group => group.Key)];
            var atEnds = deciles.Select(group => group.Max(decile => decile.At)).Append(1).ToList();
            shares.AddRange(atEnds.Select((at, i) => (at - (i == 0 ? 0 : atEnds[i - 1])) * (trained.Count - trained.Nulls) / rows));
        }
        else
        {
            foreach (var top in trained.Top)
            {
                _levels[top.Value] = _levels.Count;
                shares.Add((double)top.Count / rows);
            }

            shares.Add((trained.Count - trained.Nulls - trained.Top.Sum(top => top.Count)) / (double)rows);
        }

        _expected = [.. shares, (double)trained.Nulls / rows];
        _counts = new long[_expected.Length];
    }

    public string Name => _column.Name;

    public void Add(FrameColumn column)
    {
        if (column is CategoryColumn category)
        {
            int[] binOf = [_counts.Length - 1, .. category.Levels.Select(level => _levels.GetValueOrDefault(level, _counts.Length - 2))];
            foreach (var code in category.Codes)
            {
                _counts[binOf[code]]++;
            }

            (_rows, _unseen) = (_rows + category.Codes.Length, _unseen + _column.CountUnseen(category));
            return;
        }

        var values = ((NumberColumn)column).Values;
        foreach (var value in values)
        {
            if (float.IsNaN(value))
            {
                _counts[^1]++;
                continue;
            }

            var place = Array.BinarySearch(_ends, value);
            _counts[place < 0 ? ~place : place]++;
            _sum += value;
        }

        _rows += values.Length;
    }

    public MovedInput Compare()
    {
        var isNumber = _column.Kind == FeatureColumnKind.Number;
        var known = _rows - _counts[^1];
        return new MovedInput(
            Name,
            _rows == 0 || _trained.Count == 0 ? null : StabilityIndex(),
            _rows == 0 ? 0 : (double)_counts[^1] / _rows,
            _expected[^1],
            isNumber || _rows == 0 ? null : (double)_unseen / _rows,
            isNumber && known > 0 ? _sum / known : null,
            isNumber ? _trained.Mean : null);
    }

    /// <summary>The population stability index. An empty bin counts as half a row, so that it stays finite.</summary>
    private double StabilityIndex()
    {
        var (leastNow, leastThen) = (0.5 / _rows, 0.5 / _trained.Count);
        return _expected.Zip(_counts, (then, count) => (Then: Math.Max(then, leastThen), Now: Math.Max((double)count / _rows, leastNow), IsEmpty: then <= 0 && count == 0))
            .Where(bin => !bin.IsEmpty)
            .Sum(bin => (bin.Now - bin.Then) * Math.Log(bin.Now / bin.Then));
    }
}
