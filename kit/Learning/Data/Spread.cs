namespace Trainyard.Learning.Data;

/// <summary>Some of many rows, spread over all of them.</summary>
public static class Spread
{
    /// <summary>The places of so many of them, in their order: one out of each stretch, and drawn there, for what comes
    /// again every so many rows (each day the same customer) would be hit each time, or never. All where there are no
    /// more; always the same ones.</summary>
    public static int[] Of(int count, int most)
    {
        if (count <= most)
        {
            return [.. Enumerable.Range(0, count)];
        }

        var random = new Random(most);
        return [.. Enumerable.Range(0, most).Select(stretch => random.Next(Begin(stretch), Begin(stretch + 1)))];

        int Begin(int stretch) => (int)((long)stretch * count / most);
    }
}
