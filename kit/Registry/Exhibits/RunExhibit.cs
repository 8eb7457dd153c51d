namespace Trainyard.Registry;

/// <summary>How a figure runs along a number or over names, and how many rows there are where.</summary>
public sealed record RunExhibit : Exhibit
{
    public required Axis X { get; init; }
    public required Axis Y { get; init; }

    /// <summary>In their order along a number, or of names the most frequent first.</summary>
    public required IReadOnlyList<RunStop> Stops { get; init; }
}

/// <param name="At">Where it is; null where it has a name.</param>
/// <param name="Name">What it is called; null where it is a number.</param>
public sealed record RunStop(double? At, string? Name, double Value, long Rows);
