namespace Trainyard.Learning.Explaining;

/// <summary>Which rows of the parts have the highest answers of all; of equal ones the earlier.</summary>
public static class HighestRows
{
    /// <returns>By part, the places of its rows among them, in their order.</returns>
    /// <param name="rankings">By part.</param>
    public static IReadOnlyList<int[]> Of(IReadOnlyList<IReadOnlyList<double>> rankings, long count)
    {
        double[] sorted = [.. rankings.SelectMany(part => part)];
        if (count >= sorted.Length)
        {
            return [.. rankings.Select(part => Enumerable.Range(0, part.Count).ToArray())];
        }

        if (count == 0)
        {
            return [.. rankings.Select(_ => Array.Empty<int>())];
        }

        Array.Sort(sorted);
        var least = sorted[^(int)count];
        var above = sorted.Length - count;
        while (above < sorted.Length && sorted[above] == least)
        {
            above++;
        }

        // Those that are as high as the least are taken until there are enough.
        var equals = count - (sorted.Length - above);
        return
        [
            .. rankings.Select(part =>
                Enumerable
                    .Range(0, part.Count)
                    .Where(row => part[row] > least || (part[row] == least && equals-- > 0))
                    .ToArray()
            ),
        ];
    }
}
