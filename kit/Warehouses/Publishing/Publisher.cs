using System.Data.Common;
using Trainyard.Datasets;

namespace Trainyard.Warehouses;

/// <summary>
/// Publishes in one transaction: the run and its model, and the run's rows in the table of predictions and in those
/// beside it, in place of whatever the same run had there. What the two databases do differently is in who derives.
/// </summary>
internal abstract class Publisher(IStatements statements, string uri)
{
    private string Schema => $"the schema {PredictionsTable.Schema} of {uri}";

    public async Task<PublishOutcome> PublishAsync(PublishRequest request, CancellationToken cancel)
    {
        var transaction = await BeginAsync(cancel);
        try
        {
            var (gone, stands) = await RunAsync(Schema, () => Prepare(request), cancel);
            if (PreparesApart)
            {
                transaction = await GoOnAsync(transaction, cancel);
                if (stands.Count > 0)
                {
                    request.Prepared?.Invoke($"In {uri} {string.Join(" and ", stands)}.");
                }
            }

            var table = request.Table;
            var replaced = await RunAsync(table.Title, () => Begin(request), cancel);
            var rows = await WriteAsync(request, request.Predictions, request.Wrote, cancel);
            foreach (var side in request.Sides)
            {
                await WriteAsync(request, side, wrote: null, cancel);
            }

            await RunAsync(table.Title, () => End(request, rows, transaction, cancel), cancel);
            return new PublishOutcome(rows, replaced, gone);
        }
        finally
        {
            await transaction.DisposeAsync();
        }
    }

    protected internal abstract Task<DbTransaction> BeginAsync(CancellationToken cancel);

    /// <summary>Whether schema and tables are brought up to date in a transaction of its own.</summary>
    protected internal virtual bool PreparesApart => false;

    /// <summary>Waits for whoever changes the schema.</summary>
    protected internal virtual void LockSchema() { }

    /// <summary>Waits for whoever changes the same table of labels.</summary>
    protected internal virtual void LockTable(string table) { }

    /// <summary>Waits for whoever publishes the same run.</summary>
    protected virtual void LockRun(string pipeline, string run) { }

    /// <summary>Changes a table that stands.</summary>
    protected virtual void Change(PublishedTable table, IReadOnlyList<string> changes)
    {
        foreach (var change in changes)
        {
            statements.Execute(change);
        }
    }

    /// <summary>The columns that rows are written in.</summary>
    protected virtual IReadOnlyList<TableColumn> ColumnsOf(PublishedTable table) => table.Columns;

    /// <summary>Opens a table for rows.</summary>
    /// <param name="schema">Null for a table of this connection's own.</param>
    protected abstract IRowWriter Open(string? schema, string table, IReadOnlyList<TableColumn> columns);

    /// <summary>Runs something on a pool thread; an error in it is reported as one of
    /// <paramref name="what"/>.</summary>
    protected internal abstract Task<T> RunAsync<T>(string what, Func<T> work, CancellationToken cancel);

    /// <summary>Commits what was prepared, and begins again.</summary>
    internal async Task<DbTransaction> GoOnAsync(DbTransaction prepared, CancellationToken cancel)
    {
        await RunAsync(
            Schema,
            () =>
            {
                prepared.Commit();
                return true;
            },
            cancel
        );
        return await BeginAsync(cancel);
    }

    /// <returns>The tables that had been dropped, and what stands once this is committed.</returns>
    private (string? Gone, IReadOnlyList<string> Stands) Prepare(PublishRequest request)
    {
        LockSchema();
        var (gone, stands) = (new List<string>(), new List<string>());
        if (Migrations.Apply(statements, uri, request.Run.PublishedAt) is [.., var last])
        {
            stands.Add($"the schema {PredictionsTable.Schema} is at version {last.Number}");
        }

        foreach (var table in request.Sides.Select(side => side.Table).Prepend(request.Table))
        {
            var (isMade, wasGone) = Records.Demand(statements, table, request.Run.PublishedAt);
            if (wasGone)
            {
                gone.Add(table.Title);
            }

            if (isMade)
            {
                stands.Add($"the table {table.QualifiedName} is made{(wasGone ? " again, for it was gone" : "")}");
            }
            else if (TableShape.Changes(statements, table) is { Count: > 0 } changes)
            {
                Change(table, changes);
                stands.Add($"the table {table.QualifiedName} has its new columns");
            }
        }

        return (gone.Count == 0 ? null : string.Join(" and ", gone), stands);
    }

    /// <returns>How many predictions of the run are to be replaced.</returns>
    private int Begin(PublishRequest request)
    {
        var (pipeline, run) = (request.Table.Pipeline, request.Run);
        LockRun(pipeline, run.Run);
        if (Records.Write(statements, pipeline, request.Model, run))
        {
            // A run that nobody knew has no rows, and to look for them could mean to read whole tables.
            return 0;
        }

        foreach (var side in request.Sides)
        {
            Delete(side.Table);
        }

        return Delete(request.Table);

        int Delete(PublishedTable table) =>
            statements.Execute(
                $"DELETE FROM {table.QualifiedName} WHERE pipeline = $1 AND run = $2",
                pipeline,
                run.Run
            );
    }

    private bool End(PublishRequest request, long rows, DbTransaction transaction, CancellationToken cancel)
    {
        Records.Complete(statements, request.Table.Pipeline, request.Run, rows);
        Records.Correct(statements, request.Table.Pipeline, request.Verdicts);
        cancel.ThrowIfCancellationRequested();
        request.Committing?.Invoke();
        transaction.Commit();
        return true;
    }

    private async Task<long> WriteAsync(
        PublishRequest request,
        PublishedRows source,
        Action<long>? wrote,
        CancellationToken cancel
    )
    {
        var ofAll = new Dictionary<string, string>
        {
            ["pipeline"] = request.Table.Pipeline,
            ["run"] = request.Run.Run,
            ["model"] = request.Model.Version,
        };
        var (table, columns) = (source.Table, Array.Empty<TableColumn>());
        return await FillAsync(
            table.Title,
            () =>
            {
                columns = [.. ColumnsOf(table)];
                return Open(PredictionsTable.Schema, table.Name, columns);
            },
            source.Parts,
            part => DatasetReader.Open(part.Content, part.Uri, source.Columns, table.FormerNames),
            reader => new PublishedCells(columns, reader, ofAll),
            wrote,
            cancel
        );
    }

    /// <summary>Fills a table of this connection's own.</summary>
    internal Task<long> FillAsync(
        string title,
        string table,
        IReadOnlyList<TableColumn> columns,
        MeasureRequest request,
        CancellationToken cancel
    ) =>
        FillAsync(
            title,
            () => Open(schema: null, table, columns),
            request.Parts,
            part => DatasetReader.Open(part.Content, part.Uri, request.Columns),
            reader => new PublishedCells(columns, reader),
            request.Wrote,
            cancel
        );

    private async Task<long> FillAsync(
        string title,
        Func<IRowWriter> open,
        IAsyncEnumerable<PredictionPart> parts,
        Func<PredictionPart, DatasetReader> read,
        Func<DatasetReader, PublishedCells> cellsOf,
        Action<long>? wrote,
        CancellationToken cancel
    )
    {
        var target = await RunAsync(title, open, cancel);
        try
        {
            long rows = 0;
            await foreach (var part in parts.WithCancellation(cancel))
            {
                using var reader = read(part);
                var cells = cellsOf(reader);
                rows += await RunAsync(title, () => cells.Write(target, wrote, cancel), cancel);
            }

            await RunAsync(
                title,
                () =>
                {
                    target.Complete();
                    return true;
                },
                cancel
            );
            return rows;
        }
        finally
        {
            await Task.Run(target.Dispose, CancellationToken.None);
        }
    }
}
