using DuckDB.NET.Data;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>
/// Publishes in one transaction. DuckDB 1.5 checks keys at the end of a statement with the transaction's own
/// deletions in
/// mind, so the run's old rows can be deleted and written again in it. There is no index for the views: DuckDB answers
/// them from whole columns and would only have the index to maintain.
/// </summary>
internal sealed class DuckDbPublisher(DuckDbSession session, string uri)
{
    private const int RowsAtOnce = 20_000;

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
                isGone = Records.Demand(session, table, run.PublishedAt);
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
            long rows = 0;
            await foreach (var part in request.Parts.WithCancellation(cancel))
            {
                using var reader = DatasetReader.Open(part.Content, part.Uri, request.Columns);
                rows += await session.RunAsync(part.Uri, () => Append(reader, appender, request, cancel), cancel);
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

    private static long Append(
        DatasetReader reader,
        DuckDBAppender appender,
        PublishRequest request,
        CancellationToken cancel
    )
    {
        var columns = request.Table.Columns;
        var indexes = columns
            .Select(column => column.Name is "pipeline" or "run" or "model" ? -1 : reader.IndexOf(column.Name))
            .ToArray();
        long rows = 0;
        while (reader.Read())
        {
            var row = appender.CreateRow();
            for (var i = 0; i < columns.Count; i++)
            {
                Append(row, reader, indexes[i], columns[i], request);
            }

            row.EndRow();
            if (++rows % RowsAtOnce == 0)
            {
                cancel.ThrowIfCancellationRequested();
                request.Wrote?.Invoke(RowsAtOnce);
            }
        }

        request.Wrote?.Invoke(rows % RowsAtOnce);
        return rows;
    }

    private static void Append(
        IDuckDBAppenderRow row,
        DatasetReader reader,
        int index,
        Column column,
        PublishRequest request
    )
    {
        switch (column)
        {
            case { Name: "pipeline" }:
                row.AppendValue(request.Table.Pipeline);
                break;
            case { Name: "run" }:
                row.AppendValue(request.Run.Run);
                break;
            case { Name: "model" }:
                row.AppendValue(request.Model.Version);
                break;
            case { Type: ColumnType.Boolean }:
                row.AppendValue(reader.Number(index) != 0);
                break;
            case { Type: ColumnType.Integer }:
                row.AppendValue((int)reader.Integer(index));
                break;
            case { Type: ColumnType.BigInt }:
                row.AppendValue(reader.Integer(index));
                break;
            case { Type: ColumnType.Double }:
                row.AppendValue(reader.Number(index));
                break;
            case { Type: ColumnType.Date }:
                row.AppendValue(DateOnly.FromDateTime(reader.Local(index)!.Value));
                break;
            case { Type: ColumnType.Timestamp }:
                row.AppendValue(reader.Local(index)!.Value);
                break;
            case { Type: ColumnType.TimestampTz }:
                row.AppendValue(reader.Instant(index)!.Value);
                break;
            case { Type: ColumnType.Uuid }:
                row.AppendValue(Guid.Parse(reader.Text(index)!));
                break;
            default:
                // As bytes, for of a string the driver writes what comes before a NUL.
                reader.Check(index);
                row.AppendValue(reader.Utf8(index).ToArray());
                break;
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
