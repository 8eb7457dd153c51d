using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Registry;

namespace Trainyard.Learning.Drift;

/// <summary>In which bin of an input a value lies: a number's deciles, those of a text's length, or a category's most
/// frequent levels and one for all others; null has the last.</summary>
internal sealed class Binning
{
    /// <summary>Levels with a bin of their own.</summary>
    private const int MostLevels = 1000;

    /// <summary>Deciles of a sample of so many rows are as good as those of all.</summary>
    private const int Sample = 100_000;
    private const int Deciles = 10;

    private readonly bool _inSingle;
    private readonly double[] _ends;
    private readonly Dictionary<string, int> _levels = new(StringComparer.Ordinal);

    /// <param name="column">As the model reads it.</param>
    /// <param name="known">Its bins; null where there are none but that of null and that of all else.</param>
    public Binning(EncodedColumn column, KnownInput? known)
        : this(column, known?.Ends, known?.Levels) { }

    private Binning(EncodedColumn column, IReadOnlyList<double>? ends, IReadOnlyList<string>? levels)
    {
        _inSingle = column.IsSingle;
        _ends = [.. ends ?? []];
        Levels = levels;
        foreach (var level in levels ?? [])
        {
            _levels.Add(level, _levels.Count);
        }

        Count = (column.Kind == FeatureColumnKind.Category ? _levels.Count : _ends.Length) + 2;
    }

    public IReadOnlyList<double> Ends => _ends;

    public IReadOnlyList<string>? Levels { get; }

    /// <summary>How many bins there are.</summary>
    public int Count { get; }

    /// <summary>What of a column is held against other rows: of a text how long it is, and nothing of what it
    /// says.</summary>
    public static FrameColumn Compared(FrameColumn values) => (values as TextColumn)?.ToLengths() ?? values;

    /// <summary>Learns the bins of a column.</summary>
    /// <param name="values">What is compared of it.</param>
    public static Binning Of(EncodedColumn column, FrameColumn values) =>
        values is NumberColumn numbers
            ? new Binning(column, EndsOf(column, numbers), null)
            : new Binning(column, null, MostFrequent((CategoryColumn)values));

    /// <summary>The bin of a number.</summary>
    public int Of(double number)
    {
        if (double.IsNaN(number))
        {
            return Count - 1;
        }

        var place = Array.BinarySearch(_ends, AsRead(number));
        return place < 0 ? ~place : place;
    }

    /// <summary>The bin of each code of a column's levels, from that of null on.</summary>
    public int[] OfCodes(CategoryColumn column) =>
        [Count - 1, .. column.Levels.Select(level => _levels.GetValueOrDefault(level, Count - 2))];

    /// <summary>A number as the model reads it: rows of a score run may be kept in 32 bits, and those of training
    /// not.</summary>
    public double AsRead(double number) => _inSingle ? (float)number : number;

    private static IReadOnlyList<double> EndsOf(EncodedColumn column, NumberColumn numbers)
    {
        var stride = Math.Max(1, numbers.Count / Sample);
        double[] sorted =
        [
            .. Enumerable
                .Range(0, (numbers.Count + stride - 1) / stride)
                .Select(place => numbers[place * stride])
                .Where(number => !double.IsNaN(number))
                .Select(number => column.IsSingle ? (float)number : number)
                .Order(),
        ];
        return sorted.Length == 0
            ? []
            :
            [
                .. Enumerable
                    .Range(1, Deciles - 1)
                    .Select(decile => sorted[(int)((long)decile * (sorted.Length - 1) / Deciles)])
                    .Distinct(),
            ];
    }

    private static IReadOnlyList<string> MostFrequent(CategoryColumn column)
    {
        var counts = new long[column.Levels.Count + 1];
        foreach (var code in column.Codes)
        {
            counts[code]++;
        }

        return
        [
            .. Enumerable
                .Range(1, column.Levels.Count)
                .Where(code => counts[code] > 0)
                .OrderByDescending(code => counts[code])
                .ThenBy(code => column.Levels[code - 1], StringComparer.Ordinal)
                .Take(MostLevels)
                .Select(code => column.Levels[code - 1]),
        ];
    }
}
