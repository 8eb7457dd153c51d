using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Rows in the order of their cutoffs and keys, one at a time, with what is wanted of each.</summary>
/// <typeparam name="T">What is wanted of a row.</typeparam>
public abstract class OrderedRows<T> : IAsyncDisposable
{
    private readonly IReadOnlyList<ColumnType> _types;
    private List<byte>[] _current;
    private List<byte>[] _previous;

    /// <param name="identity">The types of the cutoff and of the key's columns.</param>
    protected OrderedRows(IReadOnlyList<ColumnType> identity)
    {
        _types = identity;
        (_current, _previous) = (
            [.. identity.Select(_ => new List<byte>())],
            [.. identity.Select(_ => new List<byte>())]
        );
    }

    /// <summary>What is wanted of the current row.</summary>
    public T Value { get; private set; } = default!;

    public bool IsAtEnd { get; private set; }

    /// <summary>The number of rows up to the current one.</summary>
    public long Rows { get; private set; }

    /// <summary>Where they come from, for messages.</summary>
    protected abstract string Source { get; }

    /// <summary>Goes to the next row; nothing happens at the end.</summary>
    public async ValueTask MoveAsync(CancellationToken cancel)
    {
        if (IsAtEnd || !await ReadAsync(cancel))
        {
            IsAtEnd = true;
            return;
        }

        (_current, _previous) = (_previous, _current);
        for (var place = 0; place < _current.Length; place++)
        {
            _current[place].Clear();
            Unquote(Field(place), _current[place]);
        }

        if (Rows++ > 0 && Compare(_previous, _current) > 0)
        {
            throw Fault.BadData(
                $"{Source}: rows are not in the order of cutoff and key, so they cannot be held against others. "
                    + "Nothing was changed."
            );
        }

        Value = Take();
    }

    /// <summary>Less than 0 where this row comes before that of others, 0 where both are of one cutoff and
    /// key.</summary>
    public int CompareTo<TOther>(OrderedRows<TOther> other) => Compare(_current, other._current);

    /// <summary>Whether the current row is of a cutoff and key.</summary>
    public bool Is(IReadOnlyList<byte[]> identity) =>
        !IsAtEnd && identity.Zip(_current).All(pair => pair.First.AsSpan().SequenceEqual(Span(pair.Second)));

    /// <summary>The cutoff and key of the current row, to be kept.</summary>
    public IReadOnlyList<byte[]> Identity => [.. _current.Select(bytes => bytes.ToArray())];

    public abstract ValueTask DisposeAsync();

    protected abstract ValueTask<bool> ReadAsync(CancellationToken cancel);

    /// <summary>A field of the current row's cutoff and key, as it stands in the record.</summary>
    protected abstract ReadOnlySpan<byte> Field(int place);

    protected abstract T Take();

    /// <remarks>As both databases order: numbers by their size, all else by its bytes. That is right for instants too,
    /// whose years have four digits, for a sign comes before a point, and both before digits.</remarks>
    private int Compare(List<byte>[] one, List<byte>[] other)
    {
        for (var place = 0; place < one.Length; place++)
        {
            var order = _types[place] is ColumnType.Integer or ColumnType.BigInt
                ? Number(one[place]).CompareTo(Number(other[place]))
                : Span(one[place]).SequenceCompareTo(Span(other[place]));
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private long Number(List<byte> field) =>
        Utf8Parser.TryParse(Span(field), out long value, out var used) && used == field.Count
            ? value
            : throw Fault.BadData(
                $"{Source}: a column of the key holds '{Encoding.UTF8.GetString(Span(field))}', which is no whole "
                    + "number. Nothing was changed."
            );

    private static ReadOnlySpan<byte> Span(List<byte> field) => CollectionsMarshal.AsSpan(field);

    private static void Unquote(ReadOnlySpan<byte> field, List<byte> into)
    {
        if (field is not [(byte)'"', .. var inner, (byte)'"'])
        {
            into.AddRange(field);
            return;
        }

        for (var at = 0; at < inner.Length; at++)
        {
            into.Add(inner[at]);
            at += inner[at] == (byte)'"' ? 1 : 0;
        }
    }
}
