using Npgsql;
using Trainyard.Datasets;

namespace Trainyard.Warehouses.Postgres;

/// <summary>
/// Publishes by binary COPY straight into the table, in the transaction that deletes the run's old rows: until it
/// commits
/// nobody sees any of it, and a staging table would have every row written twice to promise the same.
/// </summary>
internal sealed class PostgresPublisher(PostgresSession session, string uri)
{
    private const string ToDoWithoutTable =
        "Somebody has dropped it: restore it from a backup, or let its owner begin anew, without any predictions, by "
        + $"DROP SCHEMA {PredictionsTable.Schema} CASCADE;";

    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        var isGone = await PrepareAsync(request, cancel);
        var (table, run) = (request.Table, request.Run);
        using var transaction = await session.BeginAsync(readOnly: false, statementTimeout: null, cancel);
        var replaced = await RunAsync(
            table.QualifiedName,
            () =>
            {
                // Who publishes the same run waits for us, and then replaces what we wrote by the same rows.
                AdvisoryLock.Take(session, $"publish {table.Pipeline} {run.Run}");

                // A run that nobody knew has no rows, and to look for them could mean to read the whole table.
                return Records.Write(session, table.Pipeline, request.Model, run)
                    ? 0
                    : session.Execute(
                        $"DELETE FROM {table.QualifiedName} WHERE pipeline = $1 AND run = $2",
                        table.Pipeline,
                        run.Run
                    );
            },
            cancel
        );

        var rows = await CopyAsync(request, cancel);
        await RunAsync(
            table.QualifiedName,
            () =>
            {
                Records.Complete(session, table.Pipeline, run, rows);
                Records.Correct(session, table.Pipeline, request.Verdicts);
                cancel.ThrowIfCancellationRequested();
                request.Committing?.Invoke();
                transaction.Commit();
                return true;
            },
            cancel
        );
        return new PublishOutcome(rows, replaced, isGone);
    }

    /// <summary>Brings schema and table up to date in a transaction of its own, so that nobody waits for its lock
    /// while rows are written.</summary>
    /// <returns>Whether the table had been dropped.</returns>
    private async Task<bool> PrepareAsync(PublishRequest request, CancellationToken cancel)
    {
        using var transaction = await session.BeginAsync(readOnly: false, statementTimeout: null, cancel);
        var (applied, isMade, wasGone) = await RunAsync(
            $"the schema {PredictionsTable.Schema} of {uri}",
            () =>
            {
                AdvisoryLock.Take(session, AdvisoryLock.OfSchema);
                var applied = Migrations.Apply(session, uri, request.Run.PublishedAt);
                var (isMade, wasGone) = Records.Demand(session, request.Table, request.Run.PublishedAt);
                transaction.Commit();
                return (applied, isMade, wasGone);
            },
            cancel
        );
        string?[] stands =
        [
            applied.Count > 0 ? $"the schema {PredictionsTable.Schema} is at version {applied[^1].Number}" : null,
            isMade
                ? $"the table {request.Table.QualifiedName} is made{(wasGone ? " again, for it was gone" : "")}"
                : null,
        ];
        if (applied.Count > 0 || isMade)
        {
            request.Prepared?.Invoke($"In {uri} {string.Join(" and ", stands.OfType<string>())}.");
        }

        return wasGone;
    }

    private async Task<long> CopyAsync(PublishRequest request, CancellationToken cancel)
    {
        var columns = request.Table.Columns;
        var statement =
            $"COPY {request.Table.QualifiedName} "
            + $"({Identifier.QuoteAll(columns.Select(column => column.Name))}) FROM STDIN (FORMAT binary)";
        var copy = await RunAsync(
            request.Table.QualifiedName,
            () => session.Connection.BeginBinaryImport(statement),
            cancel
        );
        try
        {
            var target = new BinaryRows(copy);
            long rows = 0;
            await foreach (var part in request.Parts.WithCancellation(cancel))
            {
                using var reader = DatasetReader.Open(part.Content, part.Uri, request.Columns);
                rows += await RunAsync(
                    request.Table.QualifiedName,
                    () => PredictionRows.Write(reader, request, target, cancel),
                    cancel
                );
            }

            await RunAsync(request.Table.QualifiedName, copy.Complete, cancel);
            return rows;
        }
        finally
        {
            await Task.Run(() => Close(copy), CancellationToken.None);
        }
    }

    /// <summary>Ends the COPY; one that is not complete writes nothing.</summary>
    private static void Close(NpgsqlBinaryImporter copy)
    {
        try
        {
            copy.Dispose();
        }
        catch (NpgsqlException)
        {
            // The transaction is rolled back either way.
        }
    }

    private Task<T> RunAsync<T>(string what, Func<T> work, CancellationToken cancel) =>
        session.RunAsync(
            work,
            error =>
                error is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable } gone
                    ? PostgresErrors.Of(PostgresErrors.WithoutRow(gone, ToDoWithoutTable), what)
                    : PostgresErrors.Of(error, what),
            cancel
        );
}
