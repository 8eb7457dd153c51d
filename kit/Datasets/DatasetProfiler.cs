using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>
/// Profiles the columns of one part in a single pass; the profiles of the parts are merged in order, so the result does not
/// depend on how many threads read them.
/// </summary>
/// <remarks>
/// Quantiles come from a sample of rows, the same for all columns: those whose seeded hash of (part, row) is smallest. Such
/// "bottom-k" samples are uniform and merge exactly (Cohen and Kaplan, Summarizing data using bottom-k sketches, 2007).
/// </remarks>
public sealed class DatasetProfiler
{
    private const int SampleRows = 10_000;
    private const int TopValues = 20;

    private readonly IReadOnlyList<Column> _columns;
    private readonly ColumnCounter[] _counters;
    private readonly int _part;
    private readonly List<(ulong Priority, double[] Values)> _sample = [];
    private ulong _threshold = ulong.MaxValue;
    private double[]? _sampled;
    private long _row;

    /// <param name="columns">The columns to profile.</param>
    /// <param name="part">The part's number, which seeds the sample.</param>
    public DatasetProfiler(IReadOnlyList<Column> columns, int part)
    {
        (_columns, _part) = (columns, part);
        _counters = [.. columns.Select(column => new ColumnCounter(IsMeasured(column.Type)))];
    }

    /// <summary>Begins a row.</summary>
    public void BeginRow()
    {
        var priority = Mix(((ulong)_part << 40) ^ (ulong)_row++);
        _sampled = null;
        if (priority >= _threshold)
        {
            return;
        }

        if (_sample.Count == 2 * SampleRows)
        {
            Shrink(_sample);
            _threshold = _sample[^1].Priority;
        }

        _sampled = new double[_columns.Count];
        _sample.Add((priority, _sampled));
    }

    /// <summary>Counts a value of the current row.</summary>
    /// <param name="index">The column.</param>
    /// <param name="text">Its text, empty where it is null or the empty text.</param>
    /// <param name="isNull">Whether it is null.</param>
    /// <param name="number">Its number: of an instant the seconds since 1970 UTC; NaN where it has none.</param>
    public void Add(int index, ReadOnlySpan<byte> text, bool isNull, double number)
    {
        _counters[index].Add(text, isNull, number);
        if (_sampled is not null)
        {
            _sampled[index] = number;
        }
    }

    /// <summary>The profile of a whole dataset from its parts' profilers, in order.</summary>
    public static IReadOnlyList<ColumnProfile> Merge(IReadOnlyList<Column> columns, IReadOnlyList<DatasetProfiler> parts)
    {
        var sample = parts.SelectMany(part => part._sample).ToList();
        Shrink(sample);
        return [.. columns.Select((column, index) => ColumnCounter.Merge(parts.Select(part => part._counters[index]), IsMeasured(column.Type))
            .ToProfile(column, [.. sample.Select(row => row.Values[index]).Where(value => !double.IsNaN(value)).Order()], TopValues))];
    }

    /// <summary>The sample with the smallest priorities, in their order.</summary>
    private static void Shrink(List<(ulong Priority, double[] Values)> sample)
    {
        sample.Sort((left, right) => left.Priority.CompareTo(right.Priority));
        if (sample.Count > SampleRows)
        {
            sample.RemoveRange(SampleRows, sample.Count - SampleRows);
        }
    }

    private static bool IsMeasured(ColumnType type) => type.IsNumber() || type is ColumnType.Date or ColumnType.Timestamp or ColumnType.TimestampTz;

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014).</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
