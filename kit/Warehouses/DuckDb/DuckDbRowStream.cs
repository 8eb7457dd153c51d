using DuckDB.NET.Native;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>
/// Rows out of DuckDB's own vectors, fetched a chunk at a time. The reader of DuckDB.NET takes a chunk that failed
/// for the
/// end of the rows; this one asks for the error.
/// </summary>
internal sealed unsafe class DuckDbRowStream : RowStream
{
    private readonly IReadOnlyList<Column> _columns;
    private readonly string _file;
    private readonly DuckDBPreparedStatement _statement;
    private readonly Interrupt _interrupt;
    private readonly CancellationToken _cancel;
    private readonly CopyText _record = new();
    private readonly int[] _ends;
    private readonly byte*[] _data;
    private readonly ulong*[] _validity;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;
    private ulong _row;
    private ulong _rows;

    private DuckDbRowStream(
        IReadOnlyList<Column> columns,
        string file,
        DuckDBPreparedStatement statement,
        DuckDBResult result,
        Interrupt interrupt,
        CancellationToken cancel
    )
        : base(columns, file)
    {
        (_columns, _file, _statement, _result, _interrupt, _cancel) = (
            columns,
            file,
            statement,
            result,
            interrupt,
            cancel
        );
        _ends = new int[columns.Count];
        _data = new byte*[columns.Count];
        _validity = new ulong*[columns.Count];
    }

    public override ReadOnlySpan<byte> Record => _record.Bytes;

    /// <summary>Runs a query whose columns are those given, cast as <see cref="DuckDbTypes.Cast"/> has it.</summary>
    public static DuckDbRowStream Open(
        DuckDBNativeConnection connection,
        string sql,
        IReadOnlyList<Column> columns,
        string file,
        CancellationToken cancel
    )
    {
        var interrupt = new Interrupt(connection, cancel);
        var prepared = NativeMethods.PreparedStatements.DuckDBPrepare(connection, sql, out var statement);
        if (prepared != DuckDBState.Success)
        {
            var message = NativeMethods.PreparedStatements.DuckDBPrepareError(statement);
            statement.Dispose();
            interrupt.Dispose();
            cancel.ThrowIfCancellationRequested();
            throw DuckDbErrors.OfQuery(file, message, DuckDBErrorType.Invalid);
        }

        var state = NativeMethods.PreparedStatements.DuckDBExecutePreparedStreaming(statement, out var result);
        var stream = new DuckDbRowStream(columns, file, statement, result, interrupt, cancel);
        if (state != DuckDBState.Success)
        {
            using (stream)
            {
                throw stream.Failure();
            }
        }

        return stream;
    }

    public override bool Read()
    {
        if (_row == _rows && !Fetch())
        {
            return false;
        }

        Write(_row++);
        return true;
    }

    /// <remarks>A field's end is where its separator stands.</remarks>
    public override ReadOnlySpan<byte> Field(int column)
    {
        var start = column == 0 ? 0 : _ends[column - 1] + 1;
        return _record.Bytes[start.._ends[column]];
    }

    protected override void Dispose(bool disposing)
    {
        _chunk?.Dispose();
        _chunk = null;
        if (disposing)
        {
            _result.Close();
            _statement.Dispose();
            _interrupt.Dispose();
        }
    }

    private bool Fetch()
    {
        _cancel.ThrowIfCancellationRequested();
        _chunk?.Dispose();
        _chunk = NativeMethods.StreamingResult.DuckDBStreamFetchChunk(_result);
        _row = 0;
        _rows = _chunk.IsInvalid ? 0 : NativeMethods.DataChunks.DuckDBDataChunkGetSize(_chunk);
        if (_rows == 0)
        {
            return NativeMethods.Query.DuckDBResultError(ref _result) is { Length: > 0 } ? throw Failure() : false;
        }

        for (var i = 0; i < _columns.Count; i++)
        {
            var vector = NativeMethods.DataChunks.DuckDBDataChunkGetVector(_chunk, i);
            _data[i] = (byte*)NativeMethods.Vectors.DuckDBVectorGetData(vector);
            _validity[i] = NativeMethods.Vectors.DuckDBVectorGetValidity(vector);
        }

        return true;
    }

    private Exception Failure()
    {
        if (_cancel.IsCancellationRequested)
        {
            return new OperationCanceledException("The query was interrupted.", _cancel);
        }

        return DuckDbErrors.OfQuery(
            _file,
            NativeMethods.Query.DuckDBResultError(ref _result) ?? "The query failed.",
            NativeMethods.Query.DuckDBResultErrorType(ref _result)
        );
    }

    private void Write(ulong row)
    {
        _record.Clear();
        for (var i = 0; i < _columns.Count; i++)
        {
            var validity = _validity[i];
            if (validity is null || (validity[row >> 6] >> (int)(row & 63) & 1) != 0)
            {
                Value(_columns[i], _data[i], row);
            }

            _ends[i] = _record.Length;
            _record.Byte(i == _columns.Count - 1 ? (byte)'\n' : (byte)',');
        }
    }

    private void Value(Column column, byte* data, ulong row)
    {
        switch (column.Type)
        {
            case ColumnType.Boolean:
                _record.Boolean(data[row] != 0);
                break;
            case ColumnType.Integer:
                _record.Integer(((int*)data)[row]);
                break;
            case ColumnType.BigInt:
                _record.Integer(((long*)data)[row]);
                break;
            case ColumnType.Real:
                _record.Real(((float*)data)[row]);
                break;
            case ColumnType.Double:
                _record.Double(((double*)data)[row]);
                break;
            case ColumnType.Date:
                Demand(column, _record.Date(((int*)data)[row]));
                break;
            case ColumnType.Timestamp:
                Demand(column, _record.Timestamp(((long*)data)[row], zone: false));
                break;
            case ColumnType.TimestampTz:
                Demand(column, _record.Timestamp(((long*)data)[row], zone: true));
                break;
            case ColumnType.Interval:
                var interval = ((DuckDBInterval*)data)[row];
                _record.Interval(interval.Months, interval.Days, (long)interval.Micros);
                break;
            default:
                var text = (DuckDBString*)data + row;
                _record.Text(new ReadOnlySpan<byte>(text->Data, text->Length), _columns.Count == 1);
                break;
        }
    }

    private void Demand(Column column, bool isWritten)
    {
        if (!isWritten)
        {
            throw Unreadable(column);
        }
    }
}
