using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>Counts the values of one column: all of them, nulls, and each distinct value up to 10,000 of them.</summary>
internal sealed class ColumnCounter(bool isMeasured)
{
    private const int DistinctAtMost = 10_000;

    private readonly Dictionary<byte[], long> _values = new(Utf8Comparer.Instance);
    private bool _tooMany;
    private long _count;
    private long _nulls;
    private double _sum;
    private double _low = double.PositiveInfinity;
    private double _high = double.NegativeInfinity;

    public void Add(ReadOnlySpan<byte> text, bool isNull, double number)
    {
        _count++;
        if (isNull || (isMeasured && double.IsNaN(number)))
        {
            _nulls++;
            return;
        }

        if (isMeasured)
        {
            _sum += number;
            _low = Math.Min(_low, number);
            _high = Math.Max(_high, number);
        }

        if (!_tooMany)
        {
            Count(text, 1);
        }
    }

    public static ColumnCounter Merge(IEnumerable<ColumnCounter> parts, bool isMeasured)
    {
        var all = new ColumnCounter(isMeasured);
        foreach (var part in parts)
        {
            all._count += part._count;
            all._nulls += part._nulls;
            all._sum += part._sum;
            all._low = Math.Min(all._low, part._low);
            all._high = Math.Max(all._high, part._high);
            all._tooMany |= part._tooMany;
            foreach (var (value, count) in part._values)
            {
                if (all._tooMany)
                {
                    break;
                }

                all.Count(value, count);
            }
        }

        return all;
    }

    public ColumnProfile ToProfile(Column column, double[] sorted, int topValues) => new()
    {
        Name = column.Name,
        Type = column.Type,
        Count = _count,
        Nulls = _nulls,
        Distinct = _tooMany ? DistinctAtMost : _values.Count,
        DistinctIsExact = !_tooMany,
        Quantiles = sorted.Length == 0 ? null : [.. ColumnProfile.QuantileAt.Select(at => at == 0 ? _low : at == 1 ? _high : sorted[(int)Math.Round(at * (sorted.Length - 1))])],
        Mean = isMeasured && column.Type.IsNumber() && _count > _nulls ? _sum / (_count - _nulls) : null,
        Top = _tooMany ? [] : [.. _values.OrderByDescending(value => value.Value).ThenBy(value => Encoding.UTF8.GetString(value.Key), StringComparer.Ordinal)
            .Take(topValues).Select(value => new ValueCount(Encoding.UTF8.GetString(value.Key), value.Value))],
    };

    private void Count(ReadOnlySpan<byte> text, long times)
    {
        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_values.GetAlternateLookup<ReadOnlySpan<byte>>(), text, out _);
        count += times;
        if (_values.Count > DistinctAtMost)
        {
            _tooMany = true;
            _values.Clear();
            _values.TrimExcess();
        }
    }

    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static Utf8Comparer Instance { get; } = new();

        public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] value) => GetHashCode(value.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
