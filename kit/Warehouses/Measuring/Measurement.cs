namespace Trainyard.Warehouses;

/// <summary>Writes down what a measure run has read and measured, in one transaction. Repeated, killed or done twice at
/// once, it leaves what it should.</summary>
/// <param name="publisher">Of the same warehouse: what the two databases do differently is in it.</param>
internal sealed class Measurement(Publisher publisher, IStatements statements, string uri)
{
    private const string Table = "trainyard_staged_labels";

    private string Staged => statements.Dialect == Dialect.Postgres ? $"pg_temp.{Table}" : Table;

    private string Schema => $"the schema {PredictionsTable.Schema} of {uri}";

    public async Task<MeasureOutcome> RunAsync(MeasureRequest request, CancellationToken cancel)
    {
        var title = request.Table.Title;
        var transaction = await publisher.BeginAsync(cancel);
        try
        {
            var (gone, stands) = await publisher.RunAsync(Schema, () => Prepare(request), cancel);
            if (publisher.PreparesApart)
            {
                transaction = await publisher.GoOnAsync(transaction, cancel);
                if (stands.Count > 0)
                {
                    request.Prepared?.Invoke($"In {uri} {string.Join(" and ", stands)}.");
                }
            }

            await publisher.RunAsync(title, () => statements.Execute(Stage(request.Table)), cancel);
            await publisher.FillAsync(title, Table, request.Table.Columns, request, cancel);
            return await publisher.RunAsync(
                title,
                () =>
                {
                    var outcome = End(request) with { Gone = gone };
                    cancel.ThrowIfCancellationRequested();
                    request.Committing?.Invoke();
                    transaction.Commit();
                    return outcome;
                },
                cancel
            );
        }
        finally
        {
            await transaction.DisposeAsync();
        }
    }

    /// <returns>The table, if it had been dropped, and what stands once this is committed.</returns>
    private (string? Gone, IReadOnlyList<string> Stands) Prepare(MeasureRequest request)
    {
        publisher.LockSchema();
        var stands = new List<string>();
        if (Migrations.Apply(statements, uri, request.Run.MeasuredAt) is [.., var last])
        {
            stands.Add($"the schema {PredictionsTable.Schema} is at version {last.Number}");
        }

        var (made, wasGone) = MeasureRecords.Demand(statements, request.Table, request.Run.MeasuredAt);
        if (made is not null)
        {
            stands.Add(made);
        }

        return (wasGone ? request.Table.Title : null, stands);
    }

    /// <summary>A table that nobody else sees, and that costs no log.</summary>
    private string Stage(ActualsTable table) =>
        $"CREATE TEMPORARY TABLE {Staged} ({table.Definitions(statements.Dialect)})"
        + (statements.Dialect == Dialect.Postgres ? " ON COMMIT DROP" : "");

    private MeasureOutcome End(MeasureRequest request)
    {
        // One run at a time decides what stands: what another has read is known when this one looks.
        publisher.LockTable(request.Table.Name);
        if (statements.Dialect == Dialect.Postgres)
        {
            // It has no statistics yet, and would be searched row by row.
            statements.Execute($"ANALYZE {Staged}");
        }

        var outcome = Actuals.Merge(statements, request.Table, Staged, request.Run);
        MeasureRecords.Write(statements, request);
        return outcome;
    }
}
