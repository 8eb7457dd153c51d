using Trainyard.Registry;

namespace Trainyard.Steps.Report;

/// <summary>Points of a curve as a table shows them.</summary>
internal static class Points
{
    private const int Most = 21;

    /// <summary>Every point where there are few, else evenly spaced ones.</summary>
    public static IEnumerable<Point> Thinned(IReadOnlyList<Point> points) =>
        points.Count <= Most
            ? points
            : Enumerable.Range(0, Most).Select(step => points[(int)((long)step * (points.Count - 1) / (Most - 1))]);
}
