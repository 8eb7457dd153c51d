namespace Trainyard.Registry;

/// <summary>A figure for each pair of names; the greater of its row, the darker it is shown.</summary>
public sealed record MatrixExhibit : Exhibit
{
    /// <summary>What the rows are rows of, and their names.</summary>
    public required string Down { get; init; }
    public required IReadOnlyList<string> DownNames { get; init; }

    /// <summary>What the columns are columns of, and their names.</summary>
    public required string Across { get; init; }
    public required IReadOnlyList<string> AcrossNames { get; init; }
    public required Axis Value { get; init; }

    /// <summary>By row, then column; null where there is no figure.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> Values { get; init; }
}
