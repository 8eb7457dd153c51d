namespace Trainyard.Registry;

/// <summary>Several lines through points over each other.</summary>
public sealed record LinesExhibit : Exhibit
{
    public required Axis X { get; init; }
    public required Axis Y { get; init; }
    public required IReadOnlyList<NamedLine> Lines { get; init; }

    /// <summary>What the diagonal is, on which both axes are equal; null where there is none to draw.</summary>
    public string? Diagonal { get; init; }
}

public sealed record NamedLine(string Name, IReadOnlyList<Point> Points);
