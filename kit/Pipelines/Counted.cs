using System.Globalization;

namespace Trainyard.Pipelines;

/// <summary>How many of what, as a sentence says it.</summary>
public static class Counted
{
    /// <summary>80,029 rows, 1 row</summary>
    /// <param name="noun">Of one; of several it gets an s.</param>
    public static string Of(long count, string noun) =>
        $"{count.ToString("N0", CultureInfo.InvariantCulture)} {noun}{(count == 1 ? "" : "s")}";
}
