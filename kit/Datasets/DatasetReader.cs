using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CsvHelper;
using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>
/// Reads one part of a dataset, row by row. Columns are bound by name, and a value that is not of its column's type, a null
/// where there may be none, or a broken record is 65, naming file, line, column and value.
/// </summary>
public sealed class DatasetReader : IDisposable
{
    private readonly CsvReader _csv;
    private readonly IReadOnlyList<Column> _columns;
    private readonly string _uri;
    private readonly int[] _places;
    private readonly int[] _required;

    private DatasetReader(CsvReader csv, string uri, IReadOnlyList<Column> columns, int[] places)
    {
        (_csv, _uri, _columns, _places) = (csv, uri, columns, places);
        _required = [.. Enumerable.Range(0, columns.Count).Where(index => !columns[index].Nullable)];
    }

    public IReadOnlyList<Column> Columns => _columns;

    /// <summary>The number of the current row in the part, from 1.</summary>
    public long Row { get; private set; }

    /// <summary>The line of the file on which the current row begins, from 1.</summary>
    public long Line => _csv.LineNumber;

    /// <summary>Opens a part.</summary>
    /// <param name="part">Its bytes; disposed with the reader.</param>
    /// <param name="uri">Where it is, for messages.</param>
    /// <param name="columns">The columns that its manifest lists; the header must have these and no others, in any order.</param>
    public static DatasetReader Open(Stream part, string uri, IReadOnlyList<Column> columns)
    {
        var csv = CsvReader.Create(part, new CsvReaderOptions
        {
            Separator = ',',
            MalformedData = CsvMalformedDataHandling.Throw,
            FieldCountMismatch = CsvFieldCountHandling.Throw,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            Encoding = Encoding.UTF8,
            BufferSize = 1 << 18,
        });
        try
        {
            csv.ReadHeader();
            return new DatasetReader(csv, uri, columns, Bind(csv.Headers, uri, columns));
        }
        catch (CsvFormatException broken)
        {
            csv.Dispose();
            throw Broken(uri, broken);
        }
        catch
        {
            csv.Dispose();
            throw;
        }
    }

    /// <summary>The index of a column for the getters.</summary>
    public int IndexOf(string column)
    {
        for (var index = 0; index < _columns.Count; index++)
        {
            if (_columns[index].Name == column)
            {
                return index;
            }
        }

        throw Fault.BadData($"{_uri} has no column '{column}'.{Nearest.Hint(column, _columns.Select(other => other.Name))} Nothing was changed.");
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Read()
    {
        try
        {
            if (!_csv.Read())
            {
                return false;
            }
        }
        catch (CsvFormatException broken)
        {
            throw Broken(_uri, broken);
        }

        Row++;
        foreach (var index in _required)
        {
            if (IsNull(index))
            {
                throw Wrong(index, "is null, which this column may not be");
            }
        }

        return true;
    }

    /// <summary>Whether a value is null: an empty field without quotes.</summary>
    public bool IsNull(int index) => Raw(index).IsEmpty;

    /// <summary>A value's text as UTF-8, empty where it is null; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Utf8(int index) => _csv.GetSpan(_places[index]);

    /// <summary>A value as it stands in the file, quotes and all; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Raw(int index) => _csv.GetRawSpan(_places[index]);

    /// <summary>A value's text, or null.</summary>
    public string? Text(int index) => IsNull(index) ? null : Encoding.UTF8.GetString(Utf8(index));

    /// <summary>A number; NaN where it is null. Booleans are 1 and 0.</summary>
    public double Number(int index)
    {
        var text = Utf8(index);
        if (text.IsEmpty)
        {
            return IsNull(index) ? double.NaN : throw Wrong(index);
        }

        switch (_columns[index].Type)
        {
            case ColumnType.Boolean when text.Length == 1 && text[0] is (byte)'t' or (byte)'f':
                return text[0] == (byte)'t' ? 1 : 0;
            case ColumnType.Integer or ColumnType.BigInt when Utf8Parser.TryParse(text, out long whole, out var used) && used == text.Length:
                return whole;
            case ColumnType.Real or ColumnType.Double or ColumnType.Numeric when _csv.TryParse(_places[index], out double real):
                return real;
            default:
                throw Wrong(index);
        }
    }

    /// <summary>A whole number; 65 where it is null.</summary>
    public long Integer(int index) =>
        Utf8Parser.TryParse(Utf8(index), out long whole, out var used) && used == Utf8(index).Length && used > 0 ? whole : throw Wrong(index);

    /// <summary>The instant of a timestamptz, in UTC, or null.</summary>
    public DateTimeOffset? Instant(int index)
    {
        var text = Utf8(index);
        return IsNull(index) ? null
            : text.EndsWith("+00"u8) && CopyForm.TryTimestamp(text[..^3], out var time) ? new DateTimeOffset(time, TimeSpan.Zero)
            : throw Wrong(index);
    }

    /// <summary>The value of a timestamp, or of a date at midnight, or null.</summary>
    public DateTime? Local(int index)
    {
        var text = Utf8(index);
        return IsNull(index) ? null
            : _columns[index].Type == ColumnType.Date ? CopyForm.TryDate(text, out var date) ? date : throw Wrong(index)
            : CopyForm.TryTimestamp(text, out var time) ? time : throw Wrong(index);
    }

    /// <summary>Throws unless a value is null or of its column's type; for values that are passed on unread.</summary>
    public void Check(int index)
    {
        if (IsNull(index))
        {
            return;
        }

        switch (_columns[index].Type)
        {
            case ColumnType.TimestampTz:
                Instant(index);
                break;
            case ColumnType.Timestamp or ColumnType.Date:
                Local(index);
                break;
            case ColumnType.Uuid when !Utf8Parser.TryParse(Utf8(index), out Guid _, out var used) || used != Utf8(index).Length:
                throw Wrong(index);
            case var type when type.IsNumber():
                Number(index);
                break;
        }
    }

    /// <summary>The fault for a value that is not what it must be, naming file, line, column and value.</summary>
    public Fault Wrong(int index, string? what = null)
    {
        var value = Encoding.UTF8.GetString(Utf8(index));
        var shown = IsNull(index) ? "the value" : $"'{(value.Length > 60 ? value[..60] + "…" : value)}'";
        return Fault.BadData(string.Create(CultureInfo.InvariantCulture, $"{_uri}:{Line}: column '{_columns[index].Name}': {shown} {what ?? $"is not of the type {_columns[index].Type.SqlName()}"}. Nothing was changed."));
    }

    public void Dispose() => _csv.Dispose();

    private static int[] Bind(IReadOnlyList<string> header, string uri, IReadOnlyList<Column> columns)
    {
        var names = columns.Select(column => column.Name).ToList();
        var unknown = header.Where(name => !names.Contains(name)).ToList();
        var missing = names.Where(name => !header.Contains(name)).ToList();
        if (missing.Count > 0)
        {
            throw Fault.BadData($"{uri}:1: the column '{missing[0]}' of the manifest is not in the header{(unknown.Count > 0 ? $", which has '{unknown[0]}' instead" : "")}. Nothing was changed.");
        }

        return unknown.Count == 0 && header.Count == names.Count
            ? [.. names.Select(name => header.Index().First(field => field.Item == name).Index)]
            : throw Fault.BadData($"{uri}:1: the header has {(unknown.Count > 0 ? $"the column '{unknown[0]}', which the manifest has not" : "a column twice")}. Nothing was changed.");
    }

    private static Fault Broken(string uri, CsvFormatException broken) =>
        Fault.BadData(string.Create(CultureInfo.InvariantCulture, $"{uri}:{Math.Max(broken.LineNumber, 1)}: this is not the CSV that was written: {broken.Message} Nothing was changed."), broken);
}
