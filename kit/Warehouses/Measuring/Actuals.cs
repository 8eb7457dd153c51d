using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>
/// Merges the labels that a run has read into their table, in SQL that DuckDB and PostgreSQL share. A run decides only
/// on the cutoffs that no run of a greater as-of has read, so the table is the same in whatever order runs come, and
/// however often.
/// </summary>
internal static class Actuals
{
    private const string Schema = PredictionsTable.Schema;

    /// <param name="staged">The table that holds what the run has read.</param>
    public static MeasureOutcome Merge(IStatements statements, ActualsTable table, string staged, MeasuredRun run)
    {
        var (added, changed, removed) = (0L, 0L, 0L);
        foreach (var window in run.Window.Minus(LaterThan(statements, table, run)))
        {
            removed += statements.Execute(
                $"""
                DELETE FROM {table.QualifiedName} AS actuals WHERE {Within("actuals")}
                    AND NOT EXISTS (SELECT 1 FROM {staged} AS staged WHERE {Same(table)})
                """,
                window.From,
                window.To
            );
            changed += statements.Execute(
                $"""
                UPDATE {table.QualifiedName} AS actuals SET {ActualsTable.Actual} = staged.{ActualsTable.Actual}
                FROM {staged} AS staged
                WHERE {Within("actuals")} AND {Same(table)}
                    AND actuals.{ActualsTable.Actual} IS DISTINCT FROM staged.{ActualsTable.Actual}
                """,
                window.From,
                window.To
            );
            var columns = string.Join(", ", table.Identity.Append(ActualsTable.Actual));
            added += statements.Execute(
                $"""
                INSERT INTO {table.QualifiedName} ({columns}) SELECT {columns} FROM {staged} AS staged
                WHERE {Within("staged")}
                    AND NOT EXISTS (SELECT 1 FROM {table.QualifiedName} AS actuals WHERE {Same(table)})
                """,
                window.From,
                window.To
            );
        }

        return new MeasureOutcome(added, changed, removed);
    }

    /// <summary>What runs have read that come after this one.</summary>
    private static IEnumerable<Window> LaterThan(IStatements statements, ActualsTable table, MeasuredRun run) =>
        statements
            .Rows(
                $"""
                SELECT run, {Seconds("as_of")}, {Seconds("cutoff_from")}, {Seconds("cutoff_to")}
                FROM {Schema}.measured_runs
                WHERE table_name = $1 AND as_of >= $2 AND cutoff_to > $3 AND cutoff_from < $4
                """,
                table.Name,
                run.AsOf,
                run.Window.From,
                run.Window.To
            )
            .Where(row => IsLater(row[0]!, Instant(row[1]), run))
            .Select(row => new Window(Instant(row[2]), Instant(row[3])));

    /// <summary>Of runs of one as-of the last number counts, which a longer id has.</summary>
    private static bool IsLater(string other, DateTimeOffset asOf, MeasuredRun run) =>
        asOf > run.AsOf
        || other.Length > run.Run.Length
        || (other.Length == run.Run.Length && string.CompareOrdinal(other, run.Run) > 0);

    private static string Within(string rows) => $"{rows}.cutoff > $1 AND {rows}.cutoff <= $2";

    private static string Same(ActualsTable table) =>
        string.Join(" AND ", table.Identity.Select(name => $"actuals.{name} = staged.{name}"));

    /// <remarks>As-ofs and the ends of windows are whole seconds.</remarks>
    private static string Seconds(string column) =>
        $"CAST(CAST(EXTRACT(EPOCH FROM {column}) AS bigint) AS text) AS {column}";

    private static DateTimeOffset Instant(string? seconds) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(seconds!, CultureInfo.InvariantCulture));
}
