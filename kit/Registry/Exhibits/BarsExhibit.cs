namespace Trainyard.Registry;

/// <summary>A bar a name, in the order to be shown.</summary>
public sealed record BarsExhibit : Exhibit
{
    /// <summary>What the names are names of.</summary>
    public required string Of { get; init; }
    public required Axis Value { get; init; }
    public required IReadOnlyList<NamedBar> Bars { get; init; }
}

/// <param name="Name">What it stands for.</param>
/// <param name="Value">Its length.</param>
/// <param name="Spread">How far it goes either way; null where nobody has measured it.</param>
public sealed record NamedBar(string Name, double Value, double? Spread = null);
