using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>
/// Writes one part of a dataset in the form of PostgreSQL's COPY: a header, line feeds, null as an empty field
/// without quotes.
/// Fields are written in the order of the columns.
/// </summary>
public sealed class DatasetWriter : IDisposable
{
    private const int FlushAt = 1 << 17;

    private readonly Stream _stream;
    private readonly int _columns;
    private readonly CopyText _text = new();
    private int _fields;
    private int _start;

    /// <summary>Begins a part with its header.</summary>
    /// <param name="stream">Where it goes; left open.</param>
    /// <param name="columns">The columns, in order.</param>
    public DatasetWriter(Stream stream, IReadOnlyList<Column> columns)
    {
        (_stream, _columns) = (stream, columns.Count);
        foreach (var column in columns)
        {
            Text(System.Text.Encoding.UTF8.GetBytes(column.Name));
        }

        EndRecord();
        Rows = 0;
    }

    /// <summary>The field written last, as it stands in the file; valid until the next one.</summary>
    public ReadOnlySpan<byte> LastField => _text.Bytes[_start..];

    /// <summary>The rows written so far.</summary>
    public long Rows { get; private set; }

    public void Null() => Next();

    /// <summary>A field that is already in the form of the file, quotes and all.</summary>
    public void Raw(ReadOnlySpan<byte> field)
    {
        Next();
        _text.Raw(field);
    }

    public void Text(ReadOnlySpan<byte> utf8)
    {
        Next();
        _text.Text(utf8, isOnlyColumn: _columns == 1);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
        }
        else
        {
            Text(System.Text.Encoding.UTF8.GetBytes(value));
        }
    }

    /// <summary>A double, with as many digits as read back the same; NaN becomes null.</summary>
    public void Number(double value)
    {
        Next();
        if (!double.IsNaN(value))
        {
            _text.Double(value);
        }
    }

    public void Integer(long value)
    {
        Next();
        _text.Integer(value);
    }

    public void Boolean(bool value)
    {
        Next();
        _text.Boolean(value);
    }

    public void Instant(DateTimeOffset value)
    {
        Next();
        _text.Timestamp((value.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond, zone: true);
    }

    public void EndRecord()
    {
        if (_fields != _columns)
        {
            throw new InvalidOperationException($"A record has {_fields} fields, and the dataset {_columns} columns.");
        }

        _text.Byte((byte)'\n');
        _fields = 0;
        Rows++;
        if (_text.Length > FlushAt)
        {
            Flush();
        }
    }

    public void Flush()
    {
        _stream.Write(_text.Bytes);
        _text.Clear();
    }

    public void Dispose() => Flush();

    private void Next()
    {
        if (_fields++ > 0)
        {
            _text.Byte((byte)',');
        }

        _start = _text.Length;
    }
}
