using System.Globalization;
using System.IO.Hashing;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>
/// The values of several columns as one text, with a bar between them. A bar or a backslash inside a value is written
/// with a backslash before it, and a null as <c>\N</c>, so two different rows never have the same text.
/// </summary>
internal sealed class Cross(DatasetReader reader, int[] inputs) : Computation
{
    private readonly RowText _text = new(reader, inputs);

    public override void Write(Cell cell) => cell.Text(_text.Of());
}

/// <summary>The values of several columns hashed into buckets, numbered from 0. XXH3 does not change between
/// versions.</summary>
internal sealed class HashBucket(DatasetReader reader, int[] inputs, int buckets) : Computation
{
    private readonly RowText _text = new(reader, inputs);

    public override void Write(Cell cell)
    {
        Span<byte> number = stackalloc byte[20];
        (XxHash3.HashToUInt64(_text.Of()) % (ulong)buckets).TryFormat(
            number,
            out var written,
            default,
            CultureInfo.InvariantCulture
        );
        cell.Text(number[..written]);
    }
}

/// <summary>Several values of a row as one text that no other values have.</summary>
internal sealed class RowText(DatasetReader reader, int[] inputs)
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Of()
    {
        _length = 0;
        for (var at = 0; at < inputs.Length; at++)
        {
            if (at > 0)
            {
                Add((byte)'|');
            }

            if (reader.IsNull(inputs[at]))
            {
                Add("\\N"u8);
                continue;
            }

            // The text of a number or an instant is only passed on; whether it is one is still held against its type.
            reader.Check(inputs[at]);

            AddEscaped(Level(inputs[at]));
        }

        return _buffer.AsSpan(0, _length);
    }

    /// <summary>Equal numbers are one level.</summary>
    private ReadOnlySpan<byte> Level(int input)
    {
        var text = reader.Utf8(input);
        return text.SequenceEqual("-0"u8) && reader.Columns[input].Type.IsNumber() ? "0"u8 : text;
    }

    private void AddEscaped(ReadOnlySpan<byte> text)
    {
        for (
            var special = text.IndexOfAny((byte)'|', (byte)'\\');
            special >= 0;
            special = text.IndexOfAny((byte)'|', (byte)'\\')
        )
        {
            Add(text[..special]);
            Add((byte)'\\');
            Add(text[special]);
            text = text[(special + 1)..];
        }

        Add(text);
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        while (_length + text.Length > _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        text.CopyTo(_buffer.AsSpan(_length));
        _length += text.Length;
    }

    private void Add(byte value)
    {
        if (_length == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _length);
        }

        _buffer[_length++] = value;
    }
}
