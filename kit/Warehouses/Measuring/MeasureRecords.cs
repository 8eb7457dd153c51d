using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Writes down a measure run, what it measured, and whose a table of labels is, in SQL that DuckDB and
/// PostgreSQL share.</summary>
internal static class MeasureRecords
{
    private const string Schema = PredictionsTable.Schema;

    /// <summary>Makes the table and its view unless they are there; one of another shape or pipeline is 78.</summary>
    /// <returns>What was made, in words; null where nothing was. And whether the table had been there before, and was
    /// gone.</returns>
    public static (string? Made, bool WasGone) Demand(IStatements statements, ActualsTable table, DateTimeOffset at)
    {
        var known = statements.First(
            $"SELECT pipeline, key_columns, label_type FROM {Schema}.measured_tables WHERE table_name = $1",
            table.Name
        );
        var isGone = known is not null && !Exists(statements, table);
        if (isGone)
        {
            // What runs had read is no longer in it, so none of them stands in the way of another.
            statements.Execute($"DELETE FROM {Schema}.measured_tables WHERE table_name = $1", table.Name);
            statements.Execute(
                $"UPDATE {Schema}.measured_runs SET table_name = NULL WHERE table_name = $1",
                table.Name
            );
        }

        var isMade = known is null || isGone;
        if (isMade)
        {
            foreach (var statement in table.Create(statements.Dialect))
            {
                statements.Execute(statement);
            }

            statements.Execute(
                $"INSERT INTO {Schema}.measured_tables VALUES ($1, $2, $3, $4, false, $5)",
                table.Name,
                table.Predictions.Pipeline,
                table.Predictions.KeyText,
                table.LabelType.SqlName(),
                at
            );
        }
        else if (ChangeOf(table, known!) is { } change)
        {
            throw Fault.BadConfiguration(
                $"The table {table.Title} {change}: name a new predictions.table. Nothing was changed."
            );
        }

        var hasNewView = MakeView(statements, table);
        return (
            isMade ? $"the table {table.QualifiedName} is made{(isGone ? " again, for it was gone" : "")}"
            : hasNewView ? $"the view {Schema}.{Identifier.Quote(table.View)} is up to date"
            : null,
            isGone
        );
    }

    public static void Write(IStatements statements, MeasureRequest request)
    {
        var (pipeline, run) = (request.Table.Predictions.Pipeline, request.Run);
        statements.Execute($"DELETE FROM {Schema}.live_metrics WHERE pipeline = $1 AND run = $2", pipeline, run.Run);
        statements.Execute($"DELETE FROM {Schema}.measured_runs WHERE pipeline = $1 AND run = $2", pipeline, run.Run);
        statements.Execute(
            $"""
            INSERT INTO {Schema}.measured_runs (pipeline, run, table_name, as_of, cutoff_from, cutoff_to,
                definition_hash, sql_sha256, folder, image, commit_hash, measured_at, measured, replayed, unlabelled,
                unpublished, hindsight, alarm)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """,
            pipeline,
            run.Run,
            request.Table.Name,
            run.AsOf,
            run.Window.From,
            run.Window.To,
            run.DefinitionHash,
            run.SqlSha256,
            run.Folder,
            run.Image,
            run.Commit,
            run.MeasuredAt,
            run.Measured,
            run.Replayed,
            run.Unlabelled,
            run.Unpublished,
            run.Hindsight,
            run.Alarm
        );
        foreach (var metric in request.Metrics)
        {
            Write(statements, pipeline, run.Run, metric);
        }
    }

    private static void Write(IStatements statements, string pipeline, string run, LiveMetric metric) =>
        statements.Execute(
            $"""
            INSERT INTO {Schema}.live_metrics (pipeline, run, model, slice, cutoff_from, cutoff_to, metric, value, low,
                high, "rows", replayed, baseline, gain, gain_low, gain_high, promised, promised_low, promised_high,
                intervals)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            """,
            pipeline,
            run,
            metric.Model ?? "",
            metric.Slice ?? "",
            metric.Cutoffs.From,
            metric.Cutoffs.To,
            metric.Metric,
            metric.Value,
            metric.Low,
            metric.High,
            metric.Rows,
            metric.Replayed,
            metric.Baseline,
            metric.Gain,
            metric.GainLow,
            metric.GainHigh,
            metric.Promised,
            metric.PromisedLow,
            metric.PromisedHigh,
            metric.Intervals
        );

    /// <summary>One that a team has dropped, or made its own, stays so.</summary>
    private static bool MakeView(IStatements statements, ActualsTable table)
    {
        string[] current = [.. Names(table.Predictions.Current)];
        if (current.Length == 0)
        {
            // Nothing has been published yet.
            return false;
        }

        string[] wanted = [PredictionNames.Actual, .. current];
        string[] shown = [.. Names(table.View)];
        var isNew =
            statements.Execute(
                $"UPDATE {Schema}.measured_tables SET has_view = true WHERE table_name = $1 AND NOT has_view",
                table.Name
            ) > 0;
        var isBehind =
            shown.Length > 0 && shown.Length < wanted.Length && shown.SequenceEqual(wanted.Take(shown.Length));
        if (isNew && shown.Length == 0)
        {
            foreach (var statement in table.CreateView(statements.Dialect, current))
            {
                statements.Execute(statement);
            }

            return true;
        }

        if (isBehind)
        {
            statements.Execute(table.CreateView(current));
        }

        return isBehind;

        IEnumerable<string> Names(string of) => TableShape.ColumnsOf(statements, of).Select(column => column.Name);
    }

    private static string? ChangeOf(ActualsTable table, IReadOnlyList<string?> known)
    {
        var (pipeline, key, label) = (known[0], known[1], known[2]);
        return pipeline != table.Predictions.Pipeline
                ? $"belongs to the pipeline '{pipeline}', not '{table.Predictions.Pipeline}'"
            : key != table.Predictions.KeyText ? $"has the key {key}, not {table.Predictions.KeyText}"
            : label != table.LabelType.SqlName() ? $"has labels of the type {label}, not {table.LabelType.SqlName()}"
            : null;
    }

    private static bool Exists(IStatements statements, ActualsTable table) =>
        TableShape.ColumnsOf(statements, table.Name).Count > 0;
}
