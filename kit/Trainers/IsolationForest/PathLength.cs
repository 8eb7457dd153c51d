namespace Trainyard.Trainers.IsolationForest;

/// <summary>How many splits part a row from others on average.</summary>
internal static class PathLength
{
    private const double Euler = 0.57721566490153286;

    /// <summary>Among so many rows: what a search in a tree of them takes that finds nothing.</summary>
    public static double Among(int rows) =>
        rows switch
        {
            <= 1 => 0,
            2 => 1,
            _ => (2 * (Math.Log(rows - 1) + Euler)) - (2.0 * (rows - 1) / rows),
        };
}
