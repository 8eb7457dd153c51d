using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>
/// Makes the profile of a dataset in the pass that writes it. Parts are profiled at the same time and merged as they
/// are
/// finished; the result depends on the parts and the seed, not on threads or on who is done first. Memory does not grow
/// with rows.
/// </summary>
/// <param name="texts">The columns whose texts are profiled by their length: what they say is nobody's who reads a
/// manifest.</param>
public sealed class DatasetProfiler(IReadOnlyList<Column> columns, IReadOnlySet<string>? texts = null, int seed = 1)
{
    private readonly Lock _lock = new();
    private readonly Stack<PartProfiler> _idle = [];
    private readonly ColumnTally[] _total = TalliesOf(columns, texts);
    private readonly SortedDictionary<int, double[]> _sums = [];

    /// <summary>Begins a part.</summary>
    /// <param name="part">Its position in the dataset.</param>
    public PartProfiler Start(int part)
    {
        lock (_lock)
        {
            var profiler = _idle.TryPop(out var idle) ? idle : new PartProfiler(TalliesOf(columns, texts));
            profiler.Begin(part, seed, _total);
            return profiler;
        }
    }

    /// <summary>Adds a part that is finished. The part's profiler may not be used any more.</summary>
    public void Add(PartProfiler part)
    {
        lock (_lock)
        {
            _sums.Add(part.Part, [.. part.Tallies.Select(tally => tally.Sum)]);
            foreach (var (total, tally) in _total.Zip(part.Tallies))
            {
                total.Merge(tally);
            }

            _idle.Push(part);
        }
    }

    /// <summary>The profile of each column, over the parts that were added.</summary>
    public IReadOnlyList<ColumnProfile> ToProfile()
    {
        lock (_lock)
        {
            return [.. _total.Select((tally, column) => tally.ToProfile(_sums.Values.Sum(part => part[column])))];
        }
    }

    private static ColumnTally[] TalliesOf(IReadOnlyList<Column> columns, IReadOnlySet<string>? texts) =>
        [.. columns.Select(column => new ColumnTally(column, texts?.Contains(column.Name) == true))];
}

/// <summary>Profiles a part, row after row: each column once, then <see cref="EndRow"/>.</summary>
public sealed class PartProfiler
{
    private ulong _seed;
    private ulong _hash;
    private ulong _row;

    internal PartProfiler(ColumnTally[] tallies) => Tallies = tallies;

    internal ColumnTally[] Tallies { get; }

    internal int Part { get; private set; }

    public void Null(int column) => Tallies[column].Null();

    /// <summary>A number; NaN is null.</summary>
    public void Number(int column, double value) => Tallies[column].Number(value, _hash);

    /// <summary>A date or timestamp, or an instant in UTC; it is profiled as seconds since 1970.</summary>
    public void Moment(int column, DateTime value) =>
        Tallies[column].Number((value.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond, _hash);

    /// <summary>Text, or a value that is treated as text.</summary>
    public void Text(int column, ReadOnlySpan<byte> utf8) => Tallies[column].Text(utf8, _hash);

    public void EndRow() => _hash = Mix(_seed + ++_row);

    internal void Begin(int part, int seed, ColumnTally[] whole)
    {
        Part = part;
        // Parts are far apart, so that no row of one has the hash of another's.
        _seed = Mix(((ulong)(uint)seed << 32) | (uint)part);
        _row = 0;
        _hash = Mix(_seed);
        foreach (var (tally, total) in Tallies.Zip(whole))
        {
            tally.Begin(total);
        }
    }

    /// <summary>SplitMix64 (Steele, Lea and Flood, 2014): spreads a number over all 64 bits.</summary>
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
