namespace Trainyard.Steps.Score;

/// <summary>Which rows of the parts have the highest answers of all; of equal ones the earlier.</summary>
internal static class HighestRows
{
    /// <returns>By part, the places of its rows among them, highest first.</returns>
    /// <param name="rankings">By part.</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<IReadOnlyList<double>> rankings, long count)
    {
        var chosen = rankings
            .SelectMany((part, number) => part.Select((ranking, row) => (Ranking: ranking, Part: number, Row: row)))
            .OrderByDescending(row => row.Ranking)
            .ThenBy(row => row.Part)
            .ThenBy(row => row.Row)
            .Take((int)Math.Min(count, int.MaxValue))
            .ToLookup(row => row.Part, row => row.Row);
        return [.. rankings.Select((_, number) => chosen[number].ToArray())];
    }
}
