namespace Trainyard.Registry;

/// <summary>A point a row in a line a name, where the row's figure is.</summary>
public sealed record SwarmExhibit : Exhibit
{
    /// <summary>What the names are names of.</summary>
    public required string Of { get; init; }
    public required Axis X { get; init; }
    public required IReadOnlyList<SwarmLine> Lines { get; init; }
}

/// <param name="Values">A figure a row.</param>
/// <param name="Shades">From 0 to 1, of the same rows; null where a row has none.</param>
public sealed record SwarmLine(string Name, IReadOnlyList<double> Values, IReadOnlyList<double?> Shades);
