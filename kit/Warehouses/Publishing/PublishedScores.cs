using System.Globalization;

namespace Trainyard.Warehouses;

public static class PublishedScores
{
    /// <summary>The as-ofs from one on for which a score run of the pipeline's champion has published, if only that
    /// there were no rows.</summary>
    public static async Task<IReadOnlySet<DateTimeOffset>> PublishedAsOfsAsync(
        this IWarehouse warehouse,
        string pipeline,
        DateTimeOffset from,
        CancellationToken cancel
    )
    {
        const string Runs = "runs";
        if (!await warehouse.HasTableAsync(Runs, cancel))
        {
            return new HashSet<DateTimeOffset>();
        }

        var asked = Identifier.Literal(pipeline);
        var asOfs = await warehouse.QueryAsync(
            new Query(
                $"""
                SELECT DISTINCT CAST(EXTRACT(EPOCH FROM as_of) AS bigint) AS seconds
                FROM {PredictionsTable.Schema}.{Runs}
                WHERE pipeline = {asked} AND kind = 'score' AND NOT model_override
                    AND as_of >= TIMESTAMPTZ '{from.UtcDateTime:yyyy-MM-dd HH:mm:ss}+00'
                """,
                $"{PredictionsTable.Schema}.{Runs}"
            ),
            cancel
        );
        return asOfs
            .Rows.Select(row => DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[0], CultureInfo.InvariantCulture)))
            .ToHashSet();
    }
}
