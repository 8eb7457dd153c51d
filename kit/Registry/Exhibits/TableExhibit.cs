namespace Trainyard.Registry;

/// <summary>Figures in rows and columns.</summary>
public sealed record TableExhibit : Exhibit
{
    /// <summary>What the rows are rows of.</summary>
    public required string Of { get; init; }
    public required IReadOnlyList<Axis> Columns { get; init; }
    public required IReadOnlyList<TableRow> Rows { get; init; }
}

/// <param name="Name">What the row is about.</param>
/// <param name="Values">A figure a column; null where there is none.</param>
/// <param name="Note">A word on it.</param>
public sealed record TableRow(string Name, IReadOnlyList<double?> Values, string? Note = null);
