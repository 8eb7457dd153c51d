namespace Trainyard.Registry;

/// <summary>Estimates with their intervals, one below the other.</summary>
public sealed record IntervalsExhibit : Exhibit
{
    public required Axis X { get; init; }
    public required IReadOnlyList<NamedEstimate> Rows { get; init; }
}

public sealed record NamedEstimate(string Name, Role Role, Estimate Estimate);
