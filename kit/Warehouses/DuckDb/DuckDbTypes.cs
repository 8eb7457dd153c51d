using Trainyard.Pipelines;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>DuckDB's types, the dataset's, and the casts between them.</summary>
internal static class DuckDbTypes
{
    /// <summary>The dataset's type for one of DuckDB's as DESCRIBE names it; null where a dataset has none.</summary>
    public static ColumnType? Parse(string type) =>
        type switch
        {
            "BOOLEAN" => ColumnType.Boolean,
            "TINYINT" or "SMALLINT" or "INTEGER" or "UTINYINT" or "USMALLINT" => ColumnType.Integer,
            "BIGINT" or "UINTEGER" => ColumnType.BigInt,
            "FLOAT" => ColumnType.Real,
            "DOUBLE" => ColumnType.Double,
            "HUGEINT" or "UHUGEINT" or "UBIGINT" => ColumnType.Numeric,
            "VARCHAR" => ColumnType.Text,
            "DATE" => ColumnType.Date,
            "TIMESTAMP" or "TIMESTAMP_S" or "TIMESTAMP_MS" or "TIMESTAMP_NS" => ColumnType.Timestamp,
            "TIMESTAMP WITH TIME ZONE" => ColumnType.TimestampTz,
            "INTERVAL" => ColumnType.Interval,
            "UUID" => ColumnType.Uuid,
            _ when IsArray(type) => null,
            _ when type.StartsWith("DECIMAL(", StringComparison.Ordinal) => ColumnType.Numeric,
            _ when type.StartsWith("ENUM(", StringComparison.Ordinal) => ColumnType.Text,
            _ => null,
        };

    /// <summary>What to write instead of a column whose type a dataset cannot carry.</summary>
    public static string Mend(string column, string type)
    {
        var name = Identifier.Quote(column);
        return IsArray(type) ? $"array_to_string({name}, ' ')"
            : type == "TIME" ? $"extract(epoch FROM {name})"
            : $"CAST({name} AS text)";
    }

    /// <summary>
    /// How a column of the dataset's type is selected so that its bytes have one known layout: narrow integers and fine
    /// timestamps become the usual ones, and what DuckDB writes exactly like PostgreSQL becomes text.
    /// </summary>
    public static string Cast(Column column, string name) =>
        column.Type switch
        {
            ColumnType.Boolean => name,
            ColumnType.Integer => $"CAST({name} AS INTEGER)",
            ColumnType.BigInt => $"CAST({name} AS BIGINT)",
            ColumnType.Timestamp => $"CAST({name} AS TIMESTAMP)",
            ColumnType.Text or ColumnType.Numeric or ColumnType.Uuid => $"CAST({name} AS VARCHAR)",
            _ => name,
        };

    /// <summary>What rows are ordered by: equal are those whose bytes in the dataset are, whatever collation the column
    /// has, or fractions of a microsecond.</summary>
    public static string Order(Column column, string name) =>
        column.Type == ColumnType.Text ? $"{Cast(column, name)} COLLATE POSIX" : Cast(column, name);

    private static bool IsArray(string type) => type.EndsWith(']');
}
