namespace Trainyard.Warehouses;

/// <summary>A connection as the schema's runner and the records of runs need it; parameters are <c>$1</c>, <c>$2</c>,
/// …</summary>
internal interface IStatements
{
    Dialect Dialect { get; }

    int Execute(string sql, params object?[] values);

    /// <summary>All rows of a query whose columns are text.</summary>
    IReadOnlyList<IReadOnlyList<string?>> Rows(string sql, params object?[] values);

    /// <summary>The first row of a query, as text; null where there is none.</summary>
    IReadOnlyList<string?>? First(string sql, params object?[] values);
}

/// <summary>Whose SQL it is, where the two differ.</summary>
internal enum Dialect
{
    DuckDb,
    Postgres,
}
