namespace Trainyard.Warehouses;

/// <summary>Rows of a table whose time is over.</summary>
/// <param name="Table">With its schema.</param>
public sealed record ExpiredRows(string Table, long Rows);
