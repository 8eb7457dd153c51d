using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>Rows as COPY sends them, byte for byte. It owns the transaction that it reads in.</summary>
internal sealed class PostgresRowStream : RowStream
{
    private readonly IReadOnlyList<Column> _columns;
    private readonly Query _query;
    private readonly string _statement;
    private readonly NpgsqlTransaction _transaction;
    private readonly NpgsqlCopyTextReader _copy;
    private readonly CopyRecords _records;
    private readonly CancellationToken _cancel;
    private readonly CancellationTokenRegistration _registration;
    private readonly int[] _moments;
    private bool _isOver;

    private PostgresRowStream(
        IReadOnlyList<Column> columns,
        Query query,
        string statement,
        NpgsqlTransaction transaction,
        NpgsqlCopyTextReader copy,
        CancellationToken cancel
    )
        : base(columns, query.File)
    {
        (_columns, _query, _statement, _transaction, _copy, _cancel) = (
            columns,
            query,
            statement,
            transaction,
            copy,
            cancel
        );
        _records = new CopyRecords(copy.BaseStream, columns.Count, query.File);
        _moments =
        [
            .. columns
                .Index()
                .Where(column => column.Item.Type is ColumnType.Date or ColumnType.Timestamp or ColumnType.TimestampTz)
                .Select(column => column.Index),
        ];
        _registration = cancel.Register(() => _ = Task.Run(Cancel));
    }

    public override ReadOnlySpan<byte> Record => _records.Record;

    /// <param name="session">The connection.</param>
    /// <param name="transaction">Disposed with the stream.</param>
    /// <param name="columns">What the select returns.</param>
    /// <param name="query">The query, for messages.</param>
    /// <param name="select">The query as it is run.</param>
    /// <param name="cancel">Cancels the statement for as long as the stream lives.</param>
    public static async Task<PostgresRowStream> OpenAsync(
        PostgresSession session,
        NpgsqlTransaction transaction,
        IReadOnlyList<Column> columns,
        Query query,
        string select,
        CancellationToken cancel
    )
    {
        var statement = $"COPY ({select}) TO STDOUT (FORMAT csv, ENCODING 'UTF8')";

        var copy = await session.RunCopyAsync(
            (connection, abandon) => connection.BeginTextExportAsync(statement, abandon),
            error => PostgresErrors.OfQuery(error, query, statement),
            cancel
        );
        return new PostgresRowStream(columns, query, statement, transaction, (NpgsqlCopyTextReader)copy, cancel);
    }

    public override bool Read()
    {
        try
        {
            if (!_records.Read())
            {
                _isOver = true;
                return false;
            }
        }
        catch (NpgsqlException error)
        {
            _isOver = true;
            throw _cancel.IsCancellationRequested
                ? new OperationCanceledException("The query was cancelled.", error, _cancel)
                : PostgresErrors.OfQuery(error, _query, _statement);
        }

        foreach (var column in _moments)
        {
            if (!IsReadable(_records.Field(column)))
            {
                throw Unreadable(_columns[column]);
            }
        }

        return true;
    }

    public override ReadOnlySpan<byte> Field(int column) => _records.Field(column);

    protected override void Dispose(bool disposing)
    {
        if (!disposing)
        {
            return;
        }

        _registration.Dispose();
        try
        {
            if (!_isOver)
            {
                // Npgsql would read all the rows that nobody wants any more.
                Cancel();
            }

            _copy.Dispose();
            _transaction.Dispose();
        }
        catch (NpgsqlException)
        {
            // Nothing was written, so there is nothing to undo.
        }
    }

    /// <summary>Null, or a year of four digits and no era.</summary>
    private static bool IsReadable(ReadOnlySpan<byte> field) =>
        field.IsEmpty
        || (field.Length >= 10 && field[4] == '-' && field[7] == '-' && field[^1] is >= (byte)'0' and <= (byte)'9');

    private void Cancel()
    {
        try
        {
            _copy.Cancel();
        }
        catch (Exception error) when (error is NpgsqlException or ObjectDisposedException)
        {
            // It is over, or the server is gone: either way nothing runs.
        }
    }
}
