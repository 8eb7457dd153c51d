using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CsvHelper;
using Trainyard.Pipelines;

namespace Trainyard.Datasets;

/// <summary>
/// Reads one part of a dataset, row by row, without making an object for a row or a field. Columns are bound by name,
/// and a
/// broken record, a null where there may be none, or a value that is not of its column's type is 65, naming file, line,
/// column and value. The first two are found by <see cref="Read"/>, the last by the getter that reads it, or by
/// <see cref="Check"/>.
/// </summary>
public sealed class DatasetReader : IDisposable
{
    /// <summary>A longer record is taken for a quote that is never closed, before it fills the memory.</summary>
    private const int LongestRecord = 64 << 20;

    private readonly CsvReader _csv;
    private readonly string _uri;
    private readonly ColumnType[] _types;
    private readonly int[] _places;
    private readonly int[] _required;
    private readonly Func<bool> _read;
    private CsvMalformedRecord? _malformed;

    private DatasetReader(
        Stream part,
        string uri,
        IReadOnlyList<Column> columns,
        IReadOnlyDictionary<string, string>? formerNames
    )
    {
        (_uri, Columns, _types) = (uri, columns, [.. columns.Select(column => column.Type)]);
        _required = [.. Enumerable.Range(0, columns.Count).Where(index => !columns[index].Nullable)];
        _csv = CsvReader.Create(
            part,
            new CsvReaderOptions
            {
                Separator = ',',
                SkipEmptyLines = false,
                TrackLineNumbers = true,
                // Reported here rather than thrown there, so that the message can name column and value.
                MalformedData = CsvMalformedDataHandling.Recover,
                OnMalformedRecord = record => _malformed ??= record,
                MaxRecordSize = LongestRecord,
                Encoding = Encoding.UTF8,
                BufferSize = 1 << 18,
            }
        );
        _read = _csv.Read;
        try
        {
            _places = Bind(Named(Guarded(ReadHeader), formerNames));
        }
        catch
        {
            _csv.Dispose();
            throw;
        }
    }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>The number of the current row in the part, from 1.</summary>
    public long Row { get; private set; }

    /// <summary>The line of the file on which the current row begins, from 1.</summary>
    public long Line => _csv.LineNumber;

    /// <summary>Opens a part.</summary>
    /// <param name="part">Its bytes; disposed with the reader.</param>
    /// <param name="uri">Where it is, for messages.</param>
    /// <param name="columns">The columns that its manifest lists; the header must have these and no others, in any
    /// order.</param>
    /// <param name="formerNames">The names of columns by those that they had in parts of earlier versions.</param>
    public static DatasetReader Open(
        Stream part,
        string uri,
        IReadOnlyList<Column> columns,
        IReadOnlyDictionary<string, string>? formerNames = null
    ) => new(part, uri, columns, formerNames);

    /// <summary>The index of a column for the getters: its position in <see cref="Columns"/>.</summary>
    public int IndexOf(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Name == column)
            {
                return index;
            }
        }

        throw Fault.BadData(
            $"{_uri} has no column '{column}'.{Nearest.Hint(column, Columns.Select(other => other.Name))} "
                + "Nothing was changed."
        );
    }

    /// <summary>Goes to the next row; false after the last.</summary>
    public bool Read()
    {
        if (!Guarded(_read))
        {
            return false;
        }

        Row++;
        if (_csv.FieldCount != _places.Length)
        {
            throw Broken(
                Line,
                $"the row has {_csv.FieldCount} fields, not {_places.Length}: '{Shown(_csv.RawRecord)}'"
            );
        }

        foreach (var index in _required)
        {
            if (IsNull(index))
            {
                throw Wrong(index, "is null, which this column may not be");
            }
        }

        return true;
    }

    /// <summary>Whether a value is null: an empty field without quotes, or of a number NaN.</summary>
    public bool IsNull(int index) => NumberText.IsNull(Raw(index), _types[index]);

    /// <summary>A value's text as UTF-8, empty where it is null; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Utf8(int index) => _csv.GetSpan(_places[index]);

    /// <summary>A value as it stands in the file, quotes and all; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Raw(int index) => _csv.GetRawSpan(_places[index]);

    /// <summary>A value's text, or null.</summary>
    public string? Text(int index)
    {
        if (IsNull(index))
        {
            return null;
        }

        var text = Utf8(index);
        return System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : throw Wrong(index);
    }

    /// <summary>A number; NaN where it is null. Booleans are 1 and 0.</summary>
    public double Number(int index) =>
        NumberText.TryParse(Utf8(index), _types[index], out var value) ? value
        : IsNull(index) ? double.NaN
        : throw Wrong(index);

    /// <summary>A whole number; 65 where it is null.</summary>
    public long Integer(int index) => NumberText.TryInteger(Utf8(index), out var value) ? value : throw Wrong(index);

    /// <summary>The instant of a timestamptz, in UTC, or null.</summary>
    public DateTimeOffset? Instant(int index)
    {
        var text = Utf8(index);
        return text.EndsWith("+00"u8) && CopyForm.TryTimestamp(text[..^3], out var time)
                ? new DateTimeOffset(time, TimeSpan.Zero)
            : IsNull(index) ? null
            : throw Wrong(index);
    }

    /// <summary>The value of a timestamp, or of a date at midnight, or null.</summary>
    public DateTime? Local(int index)
    {
        var text = Utf8(index);
        return IsNull(index) ? null
            : _types[index] == ColumnType.Date
                ? CopyForm.TryDate(text, out var date) ? date
                    : throw Wrong(index)
            : CopyForm.TryTimestamp(text, out var time) ? time
            : throw Wrong(index);
    }

    /// <summary>Throws unless a value is null or of its column's type; for values that are passed on unread.</summary>
    public void Check(int index)
    {
        var text = Utf8(index);
        var isSound =
            IsNull(index)
            || _types[index] switch
            {
                ColumnType.TimestampTz => Instant(index) is not null,
                ColumnType.Timestamp or ColumnType.Date => Local(index) is not null,
                ColumnType.Uuid => Utf8Parser.TryParse(text, out Guid _, out var used) && used == text.Length,
                ColumnType.Text or ColumnType.Interval => System.Text.Unicode.Utf8.IsValid(text),
                var number => NumberText.TryParse(text, number, out _),
            };
        if (!isSound)
        {
            throw Wrong(index);
        }
    }

    /// <summary>The fault for a value that is not what it must be, naming file, line, column and value.</summary>
    public Fault Wrong(int index, string? what = null)
    {
        var text = Utf8(index);
        what ??= System.Text.Unicode.Utf8.IsValid(text)
            ? $"is not of the type {_types[index].SqlName()}"
            : "is not UTF-8";
        return Broken(
            Line,
            $"column '{Columns[index].Name}': {(IsNull(index) ? "the value" : $"'{Shown(text)}'")} {what}"
        );
    }

    public void Dispose() => _csv.Dispose();

    private string[] ReadHeader()
    {
        _csv.ReadHeader();
        return [.. _csv.Headers];
    }

    private static string[] Named(string[] header, IReadOnlyDictionary<string, string>? formerNames) =>
        formerNames is null ? header : [.. header.Select(name => formerNames.GetValueOrDefault(name, name))];

    private int[] Bind(string[] header)
    {
        var names = Columns.Select(column => column.Name).ToList();
        string[] missing = [.. names.Except(header)];
        string[] unknown = [.. header.Except(names)];
        var problem =
            missing.Length > 0
                ? $"{Quoted(missing)} of the manifest {(missing.Length == 1 ? "is" : "are")} not in the "
                    + $"header{(unknown.Length > 0 ? $", which has '{string.Join("', '", unknown)}' instead" : "")}"
            : unknown.Length > 0 ? $"the header has {Quoted(unknown)}, which the manifest has not"
            : header.Length > names.Count
                ? $"the header has {Quoted([header.GroupBy(name => name).First(name => name.Count() > 1).Key])} twice"
            : null;
        return problem is null ? [.. names.Select(name => Array.IndexOf(header, name))] : throw Broken(1, problem);

        static string Quoted(string[] columns) =>
            $"the column{(columns.Length == 1 ? "" : "s")} '{string.Join("', '", columns)}'";
    }

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            var result = read();
            return _malformed is { } malformed ? throw Malformed(malformed) : result;
        }
        catch (CsvFormatException broken)
        {
            throw Broken(
                Math.Max(broken.LineNumber, 1),
                $"this is not the CSV that was written: {broken.Message.TrimEnd('.')}",
                broken
            );
        }
    }

    private Fault Malformed(CsvMalformedRecord record)
    {
        var (field, text) = Quoting.FirstMalformed(Encoding.UTF8.GetBytes(record.RawRecord));
        // The file may have its columns in another order than the manifest; in the header they have no names yet.
        var index = _places is null ? -1 : Array.IndexOf(_places, field);
        return Broken(
            record.LineNumber,
            $"column {(index < 0 ? $"{field + 1}" : $"'{Columns[index].Name}'")}: '{Shown(text)}' {record.Reason switch
        {
            CsvMalformedReason.TextAfterClosingQuote => "goes on after its closing quote",
            CsvMalformedReason.UnterminatedQuote => "has a quote that is never closed",
            _ => "has a quote in the middle",
        }}"
        );
    }

    private Fault Broken(long line, string problem, Exception? cause = null) =>
        new(
            ExitCode.BadData,
            string.Create(CultureInfo.InvariantCulture, $"{_uri}:{line}: {problem}. Nothing was changed."),
            cause
        )
        {
            Outline = string.Create(
                CultureInfo.InvariantCulture,
                $"{_uri}:{line}: this line is not what was written. Nothing was changed."
            ),
        };

    private static string Shown(ReadOnlySpan<byte> text)
    {
        const int Longest = 60;
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4 * Longest)]);
        return shown.Length > Longest ? $"{shown[..Longest]}…" : shown;
    }
}
