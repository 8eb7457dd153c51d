using System.Runtime.InteropServices;
using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>Counts each distinct text, which becomes an object once, until there are too many or one is too long to
/// be a category.</summary>
internal sealed class TextCounts
{
    /// <summary>Bytes. Ten thousand of these are still little memory.</summary>
    private const int Longest = 1000;

    private readonly Dictionary<byte[], long> _counts = new(Utf8Comparer.Instance);
    private readonly Dictionary<byte[], long>.AlternateLookup<ReadOnlySpan<byte>> _lookup;

    public TextCounts() => _lookup = _counts.GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>False once counting has stopped.</summary>
    public bool IsExact { get; private set; } = true;

    public int Distinct => _counts.Count;

    public void Add(ReadOnlySpan<byte> text, long times = 1)
    {
        if (!IsExact)
        {
            return;
        }

        if (text.Length > Longest)
        {
            Stop();
            return;
        }

        CollectionsMarshal.GetValueRefOrAddDefault(_lookup, text, out _) += times;
        if (_counts.Count > ColumnProfile.DistinctLimit)
        {
            Stop();
        }
    }

    public void Merge(TextCounts other)
    {
        if (!other.IsExact)
        {
            Stop();
        }

        foreach (var (text, count) in other._counts)
        {
            Add(text, count);
        }
    }

    /// <summary>Begins anew, as a part of a whole: where the whole has stopped, there is nothing to count
    /// for.</summary>
    public void Begin(TextCounts whole)
    {
        Stop();
        IsExact = whole.IsExact;
    }

    public IReadOnlyList<ValueCount> Top(int count) =>
        [
            .. _counts
                .Select(entry => new ValueCount(Encoding.UTF8.GetString(entry.Key), entry.Value))
                .OrderByDescending(entry => entry.Count)
                .ThenBy(entry => entry.Value, StringComparer.Ordinal)
                .Take(count),
        ];

    private void Stop()
    {
        IsExact = false;
        _counts.Clear();
    }
}
