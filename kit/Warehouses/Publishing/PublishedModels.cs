namespace Trainyard.Warehouses;

public static class PublishedModels
{
    /// <summary>The models of a pipeline that have published predictions; none where nothing was ever
    /// published.</summary>
    public static async Task<IReadOnlyList<string>> PublishedModelsAsync(
        this IWarehouse warehouse,
        string pipeline,
        CancellationToken cancel
    )
    {
        const string Models = "models";
        if (!await warehouse.HasTableAsync(Models, cancel))
        {
            return [];
        }

        var models = await warehouse.QueryAsync(
            new Query(
                $"SELECT model FROM {PredictionsTable.Schema}.{Models} WHERE pipeline = "
                    + $"{Identifier.Literal(pipeline)} ORDER BY model",
                $"{PredictionsTable.Schema}.{Models}"
            ),
            cancel
        );
        return [.. models.Rows.Select(row => row[0])];
    }

    /// <summary>Whether the schema trainyard has a table, were it one that the role may not read: before the first
    /// publishing it has none.</summary>
    internal static async Task<bool> HasTableAsync(this IWarehouse warehouse, string table, CancellationToken cancel)
    {
        var found = await warehouse.QueryAsync(
            new Query(
                "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = "
                    + $"{Identifier.Literal(PredictionsTable.Schema)} AND tablename = {Identifier.Literal(table)}",
                $"{PredictionsTable.Schema}.{table}"
            ),
            cancel
        );
        return found.Rows.Count > 0;
    }
}
