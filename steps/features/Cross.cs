using System.Globalization;
using System.IO.Hashing;
using Trainyard.Datasets;

namespace Trainyard.Steps.Features;

/// <summary>
/// The values of several columns as one text, with a bar between them. A bar or a backslash inside a value is written
/// with a backslash before it, and a null as <c>\N</c>, so two different rows never have the same text.
/// </summary>
internal sealed class Cross(DatasetReader reader, int[] inputs) : Computation
{
    private readonly RowText _text = new(reader, inputs);

    public override void Write(DatasetWriter writer, ColumnProfiler profiler) => WriteText(writer, profiler, _text.Of());
}

/// <summary>The values of several columns hashed into buckets, numbered from 0. XXH3 does not change between versions.</summary>
internal sealed class HashBucket(DatasetReader reader, int[] inputs, int buckets) : Computation
{
    private readonly RowText _text = new(reader, inputs);

    public override void Write(DatasetWriter writer, ColumnProfiler profiler)
    {
        Span<byte> number = stackalloc byte[20];
        (XxHash3.HashToUInt64(_text.Of()) % (ulong)buckets).TryFormat(number, out var written, default, CultureInfo.InvariantCulture);
        WriteText(writer, profiler, number[..written]);
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
                Add((byte)'\\');
                Add((byte)'N');
                continue;
            }

            foreach (var value in reader.Utf8(inputs[at]))
            {
                if (value is (byte)'|' or (byte)'\\')
                {
                    Add((byte)'\\');
                }

                Add(value);
            }
        }

        return _buffer.AsSpan(0, _length);
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
