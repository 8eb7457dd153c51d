namespace Trainyard.Warehouses;

public static class PublishedModels
{
    /// <summary>The models of a pipeline that have published predictions; none where nothing was ever published.</summary>
    public static async Task<IReadOnlyList<string>> PublishedModelsAsync(this IWarehouse warehouse, string pipeline, CancellationToken cancel)
    {
        const string Table = $"{PredictionsTable.Schema}.models";
        var there = await warehouse.QueryAsync(new Query($"SELECT table_name FROM information_schema.tables WHERE table_schema = {Identifier.Literal(PredictionsTable.Schema)} AND table_name = 'models'", Table), cancel);
        if (there.Rows.Count == 0)
        {
            return [];
        }

        var models = await warehouse.QueryAsync(new Query($"SELECT model FROM {Table} WHERE pipeline = {Identifier.Literal(pipeline)} ORDER BY model", Table), cancel);
        return [.. models.Rows.Select(row => row[0])];
    }
}
