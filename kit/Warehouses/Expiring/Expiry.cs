using System.Globalization;

namespace Trainyard.Warehouses;

/// <summary>Rows of a pipeline that are older than they are kept: predictions and what stands beside them, labels and
/// figures, and how inputs moved, by their cutoffs. What models and runs there were stays.</summary>
internal static class Expiry
{
    private const string Schema = PredictionsTable.Schema;

    /// <summary>How many there are, by table; tables without any are left out.</summary>
    public static IReadOnlyList<ExpiredRows> Count(IStatements statements, string pipeline, DateTimeOffset before) =>
        Of(
            statements,
            pipeline,
            (table, where) =>
                long.Parse(
                    statements.First($"SELECT CAST(count(*) AS text) FROM {table} WHERE {where}", pipeline, before)![
                        0
                    ]!,
                    CultureInfo.InvariantCulture
                )
        );

    /// <summary>Deletes them.</summary>
    public static IReadOnlyList<ExpiredRows> Drop(IStatements statements, string pipeline, DateTimeOffset before) =>
        Of(
            statements,
            pipeline,
            (table, where) => statements.Execute($"DELETE FROM {table} WHERE {where}", pipeline, before)
        );

    private static List<ExpiredRows> Of(IStatements statements, string pipeline, Func<string, string, long> rows) =>
        [
            .. Tables(statements, pipeline)
                .Where(table => TableShape.ColumnsOf(statements, table.Name).Count > 0)
                .Select(table => new ExpiredRows(
                    $"{Schema}.{table.Name}",
                    rows($"{Schema}.{Identifier.Quote(table.Name)}", table.Where)
                ))
                .Where(table => table.Rows > 0),
        ];

    /// <summary>Labels have no pipeline in them: their table is of one.</summary>
    private static IEnumerable<(string Name, string Where)> Tables(IStatements statements, string pipeline) =>
        [
            .. Listed(statements, "prediction_tables", pipeline)
                .Select(name => (name, "pipeline = $1 AND cutoff < $2")),
            .. Listed(statements, "measured_tables", pipeline)
                .Select(name => (name, "CAST($1 AS text) IS NOT NULL AND cutoff < $2")),
            ("live_metrics", "pipeline = $1 AND cutoff_to < $2"),
            ("measured_runs", "pipeline = $1 AND cutoff_to < $2"),
            (
                "input_moves",
                $"pipeline = $1 AND run IN (SELECT run FROM {Schema}.runs WHERE pipeline = $1 AND as_of < $2)"
            ),
        ];

    private static IEnumerable<string> Listed(IStatements statements, string list, string pipeline) =>
        TableShape.ColumnsOf(statements, list).Count == 0
            ? []
            : statements
                .Rows($"SELECT table_name FROM {Schema}.{list} WHERE pipeline = $1 ORDER BY table_name", pipeline)
                .Select(row => row[0]!);
}
