using DuckDB.NET.Data;
using Trainyard.Datasets;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>
/// Publishes in one transaction. DuckDB 1.5 checks keys at the end of a statement with the transaction's own
/// deletions in
/// mind, so the run's old rows can be deleted and written again in it. There is no index for the views: DuckDB answers
/// them from whole columns and would only have the index to maintain.
/// </summary>
internal sealed class DuckDbPublisher(DuckDbSession session, string uri)
{
    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        var (table, run) = (request.Table, request.Run);
        var what = $"{PredictionsTable.Schema}.{table.Name}";
        using var transaction = session.Connection.BeginTransaction();
        var isGone = false;
        var replaced = await session.RunAsync(
            what,
            () =>
            {
                Migrations.Apply(session, uri, run.PublishedAt);
                isGone = Records.Demand(session, table, run.PublishedAt).WasGone;
                Records.Write(session, table.Pipeline, request.Model, run);
                return session.Execute(
                    $"DELETE FROM {table.QualifiedName} WHERE pipeline = $1 AND run = $2",
                    table.Pipeline,
                    run.Run
                );
            },
            cancel
        );

        var rows = await AppendAsync(request, cancel);
        await session.RunAsync(
            what,
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

    private async Task<long> AppendAsync(PublishRequest request, CancellationToken cancel)
    {
        var appender = session.Connection.CreateAppender(PredictionsTable.Schema, request.Table.Name);
        try
        {
            var target = new AppenderRows(appender);
            long rows = 0;
            await foreach (var part in request.Parts.WithCancellation(cancel))
            {
                using var reader = DatasetReader.Open(part.Content, part.Uri, request.Columns);
                rows += await session.RunAsync(
                    part.Uri,
                    () => PredictionRows.Write(reader, request, target, cancel),
                    cancel
                );
            }

            await session.RunAsync(
                $"{PredictionsTable.Schema}.{request.Table.Name}",
                () =>
                {
                    appender.Close();
                    return true;
                },
                cancel
            );
            return rows;
        }
        catch
        {
            Abandon(appender);
            throw;
        }
    }

    /// <summary>An appender that is given up still tries to write its last rows; what it says to that no longer
    /// matters.</summary>
    private static void Abandon(DuckDBAppender appender)
    {
        try
        {
            appender.Dispose();
        }
        catch (DuckDBException)
        {
            // The transaction is rolled back either way.
        }
    }
}
