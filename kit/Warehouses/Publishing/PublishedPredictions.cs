namespace Trainyard.Warehouses;

/// <summary>What a person looks at first.</summary>
public static class PublishedPredictions
{
    private static readonly string[] Known = ["pipeline", "run"];

    /// <summary>The first rows that a run has published, in the order of cutoff and key; the run and its pipeline are
    /// known and left out.</summary>
    public static async Task<TextTable> FirstPredictionsAsync(
        this IWarehouse warehouse,
        string table,
        string run,
        IReadOnlyList<string> key,
        int most,
        CancellationToken cancel
    )
    {
        var name = $"{PredictionsTable.Schema}.{Identifier.Quote(table)}";
        var columns = (await warehouse.DescribeAsync($"SELECT * FROM {name}", name, cancel))
            .Select(column => column.Name)
            .Except(Known);
        return await warehouse.QueryAsync(
            new Query(
                $"SELECT {Identifier.QuoteAll(columns)} FROM {name} WHERE run = {Identifier.Literal(run)} "
                    + $"ORDER BY cutoff, {Identifier.QuoteAll(key)} LIMIT {most}",
                name
            ),
            cancel
        );
    }
}
