using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>A type of PostgreSQL's: a domain's is the one it is over.</summary>
/// <param name="Name">As the query has it, such as <c>numeric</c> or <c>mood[]</c>.</param>
/// <param name="Base">The number of the type below all domains.</param>
/// <param name="Category">PostgreSQL's own: <c>A</c> an array, <c>E</c> an enum, <c>S</c> text of any kind.</param>
internal sealed record PostgresType(string Name, uint Base, char Category)
{
    /// <summary>The dataset's type; null where a dataset has none.</summary>
    public ColumnType? Column =>
        Base switch
        {
            16 => ColumnType.Boolean,
            21 or 23 => ColumnType.Integer,
            20 => ColumnType.BigInt,
            700 => ColumnType.Real,
            701 => ColumnType.Double,
            1700 => ColumnType.Numeric,
            1082 => ColumnType.Date,
            1114 => ColumnType.Timestamp,
            1184 => ColumnType.TimestampTz,
            1186 => ColumnType.Interval,
            2950 => ColumnType.Uuid,
            18 => ColumnType.Text,
            _ => Category is 'S' or 'E' ? ColumnType.Text : null,
        };

    /// <summary>What to write instead of a column whose type a dataset cannot carry.</summary>
    public string Mend(string column)
    {
        var name = Identifier.Quote(column);
        return Category == 'A'
            ? $"array_to_string({name}, ' ')"
            : Base switch
            {
                17 => $"encode({name}, 'hex')",
                26 => $"CAST({name} AS bigint)",
                790 => $"CAST({name} AS numeric)",
                1083 => $"extract(epoch FROM {name})",
                _ => $"CAST({name} AS text)",
            };
    }

    /// <summary>The query for the types with these numbers: number, name, number of the base, category.</summary>
    public static string Query(IEnumerable<uint> types)
    {
        var asked = string.Join(", ", types.Distinct());
        return $"""
            WITH RECURSIVE types AS (
                SELECT oid AS asked, oid, typtype, typbasetype, typcategory
                FROM pg_catalog.pg_type WHERE oid IN ({asked})
                UNION ALL
                SELECT types.asked, below.oid, below.typtype, below.typbasetype, below.typcategory
                FROM types JOIN pg_catalog.pg_type AS below ON below.oid = types.typbasetype AND types.typtype = 'd'
            )
            SELECT CAST(asked AS text), pg_catalog.format_type(asked, NULL), CAST(oid AS text),
                CAST(typcategory AS text) FROM types WHERE typtype <> 'd'
            """;
    }
}
