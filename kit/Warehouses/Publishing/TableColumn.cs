using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>A column of a table that score fills.</summary>
internal sealed record TableColumn(string Name, ColumnType Type, bool Nullable = false)
{
    /// <summary>The column of the parts that it is filled from; null where they have none.</summary>
    public string? Source { get; init; } = Name;

    /// <summary>The column that holds the same under the name that it had at first.</summary>
    public string? FormerName { get; init; }

    public static TableColumn Of(Column column) => new(column.Name, column.Type, column.Nullable);

    /// <summary>DuckDB's appender, which 1.0 publishes by, wants a value for every stored column, so there whatever has
    /// a former name is computed from it.</summary>
    public bool IsStored(Dialect dialect) => FormerName is null || dialect != Dialect.DuckDb;

    /// <summary>As <c>CREATE TABLE</c> has it.</summary>
    public string Definition(Dialect dialect) =>
        $"{Identifier.Quote(Name)} {Type.SqlName()}"
        + (
            !IsStored(dialect) ? $" GENERATED ALWAYS AS ({Identifier.Quote(FormerName!)})"
            : Nullable ? ""
            : " NOT NULL"
        );

    /// <summary>As a view selects it from the table: rows that an older program wrote have it under the former name
    /// alone, and a DuckDB file that one made has no other.</summary>
    public string Selected(Dialect dialect) =>
        FormerName is null ? Identifier.Quote(Name)
        : IsStored(dialect)
            ? $"coalesce({Identifier.Quote(Name)}, {Identifier.Quote(FormerName)}) AS {Identifier.Quote(Name)}"
        : $"{Identifier.Quote(FormerName)} AS {Identifier.Quote(Name)}";
}
