namespace Trainyard.Steps.Score;

/// <summary>Which rows of the parts have the highest answers of all; of equal ones the earlier.</summary>
internal static class HighestRows
{
    /// <returns>By part, the places of its rows among them, highest first; all of them in their order where there are
    /// no more than so many.</returns>
    /// <param name="rankings">By part.</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<IReadOnlyList<double>> rankings, long count)
    {
        if (rankings.Sum(part => (long)part.Count) <= count)
        {
            return [.. rankings.Select(part => Enumerable.Range(0, part.Count).ToArray())];
        }

        var chosen = rankings
            .SelectMany((part, number) => part.Select((ranking, row) => (Ranking: ranking, Part: number, Row: row)))
            .OrderByDescending(row => row.Ranking)
            .ThenBy(row => row.Part)
            .ThenBy(row => row.Row)
            .Take((int)count)
            .ToLookup(row => row.Part, row => row.Row);
        return [.. rankings.Select((_, number) => chosen[number].ToArray())];
    }
}
