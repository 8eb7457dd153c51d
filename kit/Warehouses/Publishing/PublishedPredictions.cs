using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>What a person looks at first.</summary>
public static class PublishedPredictions
{
    private static readonly string[] Known = ["pipeline", "run"];

    /// <summary>The first rows that a run has published, in the order of cutoff and key; the run and its pipeline are
    /// known and left out. An answer is shown once, whichever version wrote it.</summary>
    public static async Task<TextTable> FirstPredictionsAsync(
        this IWarehouse warehouse,
        string table,
        string run,
        IReadOnlyList<string> key,
        IEnumerable<TaskColumn> answers,
        int most,
        CancellationToken cancel
    )
    {
        var name = $"{PredictionsTable.Schema}.{Identifier.Quote(table)}";
        var columns = (await warehouse.DescribeAsync($"SELECT * FROM {name}", name, cancel))
            .Select(column => column.Name)
            .Except(Known)
            .ToList();
        var shown = columns.ToDictionary(column => column, Identifier.Quote);
        foreach (
            var answer in answers.Where(answer =>
                answer.FormerName is not null && PredictionNames.NameIn(answer, key) == answer.Name
            )
        )
        {
            var (now, former) = (Identifier.Quote(answer.Name), Identifier.Quote(answer.FormerName!));
            shown[answer.FormerName!] =
                $"{(shown.Remove(answer.Name) ? $"coalesce({now}, {former})" : former)} AS {now}";
        }

        return await warehouse.QueryAsync(
            new Query(
                $"SELECT {string.Join(", ", columns.Where(shown.ContainsKey).Select(column => shown[column]))} "
                    + $"FROM {name} WHERE run = {Identifier.Literal(run)} "
                    + $"ORDER BY cutoff, {Identifier.QuoteAll(key)} LIMIT {most}",
                name
            ),
            cancel
        );
    }
}
