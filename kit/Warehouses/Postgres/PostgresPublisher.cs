using System.Data.Common;
using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>
/// Publishes by binary COPY straight into the tables, in the transaction that deletes the run's old rows: until it
/// commits
/// nobody sees any of it, and a staging table would have every row written twice to promise the same.
/// </summary>
internal sealed class PostgresPublisher(PostgresSession session, string uri) : Publisher(session, uri)
{
    private const string ToDoWithoutTable =
        "Somebody has dropped it: restore it from a backup, or let its owner begin anew, without any predictions, by "
        + $"DROP SCHEMA {PredictionsTable.Schema} CASCADE;";

    protected internal override async Task<DbTransaction> BeginAsync(CancellationToken cancel) =>
        await session.BeginAsync(readOnly: false, statementTimeout: null, cancel);

    /// <summary>So that nobody waits for its locks while rows are written.</summary>
    protected internal override bool PreparesApart => true;

    protected internal override void LockSchema() => AdvisoryLock.Take(session, AdvisoryLock.OfSchema);

    protected internal override void LockTable(string table) => AdvisoryLock.Take(session, $"labels {table}");

    /// <summary>Who publishes the same run waits for us, and then replaces what we wrote by the same rows.</summary>
    protected override void LockRun(string pipeline, string run) =>
        AdvisoryLock.Take(session, $"publish {pipeline} {run}");

    /// <summary>Whoever reads the table keeps a change waiting, and a change that waits keeps every later reader
    /// waiting: so it waits for seconds only.</summary>
    protected override void Change(PublishedTable table, IReadOnlyList<string> changes)
    {
        var patience = session.First("SELECT pg_catalog.current_setting('lock_timeout')")![0]!;
        SetLockTimeout("5s");
        try
        {
            base.Change(table, changes);
        }
        catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            throw new Fault(
                ExitCode.TemporaryFailure,
                $"The table {table.Title} or a view of it is to get columns that this version publishes, and for 5 "
                    + "seconds another session did not let go of it. SELECT pid, usename, state, xact_start, query "
                    + "FROM pg_stat_activity WHERE pid IN (SELECT pid FROM pg_locks WHERE granted AND relation IN ("
                    + string.Join(
                        ", ",
                        table
                            .Views.Select(view => view.Name)
                            .Prepend(table.Name)
                            .Select(name =>
                                Identifier.Literal($"{PredictionsTable.Schema}.{Identifier.Quote(name)}") + "::regclass"
                            )
                    )
                    + ")) shows which. Nothing was changed; try again when that has ended.",
                error
            );
        }

        SetLockTimeout(patience);
    }

    protected override IRowWriter Open(string? schema, string table, IReadOnlyList<TableColumn> columns) =>
        new BinaryRows(
            session.Connection.BeginBinaryImport(
                $"COPY {schema ?? "pg_temp"}.{Identifier.Quote(table)} "
                    + $"({Identifier.QuoteAll(columns.Select(column => column.Name))}) FROM STDIN (FORMAT binary)"
            )
        );

    protected internal override Task<T> RunAsync<T>(string what, Func<T> work, CancellationToken cancel) =>
        session.RunAsync(
            work,
            error =>
                error is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } gone
                    ? PostgresErrors.Of(PostgresErrors.WithoutRow(gone, ToDoWithoutTable), what)
                    : PostgresErrors.Of(error, what),
            cancel
        );

    private void SetLockTimeout(string time) =>
        session.First("SELECT pg_catalog.set_config('lock_timeout', $1, true)", time);
}
