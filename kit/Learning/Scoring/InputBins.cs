using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Scoring;

/// <summary>The bins in which an input is compared with training: a number's deciles, those of a text's length,
/// a category's most frequent levels; null has a bin of its own.</summary>
internal sealed class InputBins
{
    private readonly EncodedColumn _column;
    private readonly ColumnProfile _trained;

    /// <summary>Of a number: the upper ends of the bins, without the last.</summary>
    private readonly double[] _ends = [];
    private readonly Dictionary<string, int> _levels = new(StringComparer.Ordinal);

    /// <summary>The share of each bin in training; the last bin is null.</summary>
    private readonly double[] _expected;

    public InputBins(EncodedColumn column, ColumnProfile trained)
    {
        (_column, _trained) = (column, trained);
        var rows = Math.Max(1, trained.Count);
        List<double> shares = [];
        if (column.Kind != FeatureColumnKind.Category)
        {
            // Deciles that fall together make one bin, which ends at the last of them.
            var deciles = ColumnProfile
                .QuantileAt.Index()
                .Where(at => Math.Round(at.Item * 10, 6) % 1 == 0 && at.Item is > 0 and < 1)
                .Select(at => (At: at.Item, End: AsRead(trained.Quantiles?[at.Index] ?? 0)))
                .GroupBy(decile => decile.End)
                .ToList();
            _ends = [.. deciles.Select(group => group.Key)];
            var atEnds = deciles.Select(group => group.Max(decile => decile.At)).Append(1).ToList();
            shares.AddRange(
                atEnds.Select((at, i) => (at - (i == 0 ? 0 : atEnds[i - 1])) * (trained.Count - trained.Nulls) / rows)
            );
        }
        else
        {
            foreach (var top in trained.Top)
            {
                _levels[top.Value] = _levels.Count;
                shares.Add((double)top.Count / rows);
            }

            foreach (var top in trained.Type.IsNumber() ? trained.Top : [])
            {
                _levels.TryAdd(LevelText.OfNumber(top.Value).ToString(), _levels[top.Value]);
            }

            shares.Add((trained.Count - trained.Nulls - trained.Top.Sum(top => top.Count)) / (double)rows);
        }

        _expected = [.. shares, (double)trained.Nulls / rows];
    }

    public string Name => _column.Name;

    public InputCount Count(FrameColumn column)
    {
        var counts = new long[_expected.Length];
        if (column is CategoryColumn category)
        {
            int[] binOf =
            [
                counts.Length - 1,
                .. category.Levels.Select(level => _levels.GetValueOrDefault(level, counts.Length - 2)),
            ];
            foreach (var code in category.Codes)
            {
                counts[binOf[code]]++;
            }

            return new InputCount(Name, counts, _column.CountUnseen(category), 0);
        }

        var (numbers, sum) = ((column as TextColumn)?.ToLengths() ?? (NumberColumn)column, new Sum());
        for (var row = 0; row < numbers.Count; row++)
        {
            if (numbers.IsNull(row))
            {
                counts[^1]++;
                continue;
            }

            var number = AsRead(numbers[row]);
            var place = Array.BinarySearch(_ends, number);
            counts[place < 0 ? ~place : place]++;
            sum.Add(number);
        }

        return new InputCount(Name, counts, 0, sum.Value);
    }

    /// <summary>Adds up what parts hold; 65 where they were not counted in these bins.</summary>
    public InputCount Add(IEnumerable<InputCount> parts)
    {
        var (counts, unseen, sum) = (new long[_expected.Length], 0L, new Sum());
        foreach (var part in parts)
        {
            if (part.Bins.Count != counts.Length)
            {
                throw Fault.BadData(
                    $"The input '{Name}' was counted in {part.Bins.Count} bins, and the model's package has "
                        + $"{counts.Length}. Nothing was published; start a new run."
                );
            }

            for (var bin = 0; bin < counts.Length; bin++)
            {
                counts[bin] += part.Bins[bin];
            }

            unseen += part.Unseen;
            sum.Add(part.Sum);
        }

        return new InputCount(Name, counts, unseen, sum.Value);
    }

    public MovedInput Compare(InputCount now)
    {
        var isNumber = _column.Kind != FeatureColumnKind.Category;
        var (rows, nulls) = (now.Rows, now.Bins[^1]);
        return new MovedInput(
            Name,
            rows == 0 || _trained.Count == 0 ? null : StabilityIndex(now),
            rows == 0 ? 0 : (double)nulls / rows,
            _expected[^1],
            isNumber || rows == 0 ? null : (double)now.Unseen / rows,
            isNumber && rows > nulls ? now.Sum / (rows - nulls) : null,
            isNumber ? _trained.Mean : null
        );
    }

    /// <summary>A number as the model reads it: rows of a score run may be kept in 32 bits, and those of training
    /// not.</summary>
    private double AsRead(double number) => _column.Cuts is null && !_column.IsAsIs ? (float)number : number;

    /// <summary>The population stability index. An empty bin counts as half a row, so that it stays finite.</summary>
    private double StabilityIndex(InputCount now)
    {
        var (leastNow, leastThen, rows) = (0.5 / now.Rows, 0.5 / _trained.Count, (double)now.Rows);
        return _expected
            .Zip(
                now.Bins,
                (then, count) =>
                    (
                        Then: Math.Max(then, leastThen),
                        Now: Math.Max(count / rows, leastNow),
                        IsEmpty: then <= 0 && count == 0
                    )
            )
            .Where(bin => !bin.IsEmpty)
            .Sum(bin => (bin.Now - bin.Then) * Math.Log(bin.Now / bin.Then));
    }
}

/// <summary>What an input holds in some of the rows.</summary>
/// <param name="Column">The feature's column.</param>
/// <param name="Bins">Rows in each bin of training; the last is null.</param>
/// <param name="Unseen">Of a category: rows with a level that training did not have.</param>
/// <param name="Sum">Of a number: the sum of the values.</param>
public sealed record InputCount(string Column, IReadOnlyList<long> Bins, long Unseen, double Sum)
{
    internal long Rows => Bins.Sum();
}
