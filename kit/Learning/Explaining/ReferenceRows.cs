using Trainyard.Learning.Data;

namespace Trainyard.Learning.Explaining;

/// <summary>A few rows of the holdout that stand for all: a package holds them.</summary>
public static class ReferenceRows
{
    private const int Most = 50;

    /// <summary>Rows spread evenly over those given.</summary>
    public static Frame Of(Frame frame, IReadOnlyList<int> rows)
    {
        var count = Math.Min(Most, rows.Count);
        int[] spread = [.. Enumerable.Range(0, count).Select(row => rows[(int)((long)row * rows.Count / count)])];
        return frame with { Rows = count, Columns = [.. frame.Columns.Select(column => column.Take(spread))] };
    }
}
