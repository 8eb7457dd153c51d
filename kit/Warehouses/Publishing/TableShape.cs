namespace Trainyard.Warehouses;

/// <summary>Brings tables that an earlier version made, and their views, to what this one publishes. It only adds, so
/// that older programs go on publishing and whatever a team has built on them stands.</summary>
internal static class TableShape
{
    /// <summary>The names of a table's or view's columns in its order, and whether each may be null.</summary>
    public static IReadOnlyList<(string Name, bool Nullable)> ColumnsOf(IStatements statements, string table) =>
        [
            .. statements
                .Rows(
                    """
                    SELECT CAST(column_name AS text), CAST(is_nullable AS text) FROM information_schema.columns
                    WHERE table_schema = $1 AND table_name = $2 ORDER BY ordinal_position
                    """,
                    PredictionsTable.Schema,
                    table
                )
                .Select(row => (row[0]!, row[1] == "YES")),
        ];

    /// <summary>The statements that are missing; none where all is as it should be.</summary>
    public static IReadOnlyList<string> Changes(IStatements statements, PublishedTable table)
    {
        var (dialect, standing) = (statements.Dialect, ColumnsOf(statements, table.Name));
        var stored = table.Columns.Where(column => column.IsStored(dialect)).ToList();
        var missing = stored.Where(column => !Has(standing, column.Name)).ToList();
        var strict = stored.Where(column => column.Nullable && standing.Contains((column.Name, false)));
        return
        [
            .. missing.Select(column =>
                $"ALTER TABLE {table.QualifiedName} ADD COLUMN {(column with { Nullable = true }).Definition(dialect)}"
            ),
            .. strict.Select(column =>
                $"ALTER TABLE {table.QualifiedName} ALTER COLUMN {Identifier.Quote(column.Name)} DROP NOT NULL"
            ),
            .. table.Views.SelectMany(view => Changes(statements, table, view, standing)),
        ];
    }

    /// <summary>A view gets what it lacks at its end, where PostgreSQL allows it under the views that a team has over
    /// it. One that a team has made its own, or dropped, stays so.</summary>
    private static IEnumerable<string> Changes(
        IStatements statements,
        PublishedTable table,
        TableView view,
        IReadOnlyList<(string Name, bool Nullable)> standing
    )
    {
        var shown = ColumnsOf(statements, view.Name).Select(column => column.Name).ToList();
        var missing = table.Columns.Select(column => column.Name).Except(shown).ToList();
        var isOurs = shown.All(name => Has(standing, name) || table.Columns.Any(column => column.Name == name));
        if (shown.Count > 0 && missing.Count > 0 && isOurs)
        {
            yield return view.Create([.. shown, .. missing], statements.Dialect);
        }
    }

    private static bool Has(IReadOnlyList<(string Name, bool Nullable)> columns, string name) =>
        columns.Any(column => column.Name == name);
}
