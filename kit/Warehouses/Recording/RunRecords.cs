using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Writes down how a run ended, in SQL that DuckDB and PostgreSQL share. Written again, it is the
/// same.</summary>
internal static class RunRecords
{
    private const string Schema = PredictionsTable.Schema;

    public static void Write(IStatements statements, RunRecord record)
    {
        if (record.Outcome is { } outcome)
        {
            Write(statements, record.Pipeline, outcome);
        }

        if (record.Training is { } training)
        {
            Write(statements, record.Pipeline, training);
        }

        foreach (var verdict in record.Verdicts)
        {
            Write(statements, record.Pipeline, verdict);
        }

        Records.Correct(statements, record.Pipeline, record.Models);
    }

    /// <summary>Who looked at the run earlier may come later: the newest end stays.</summary>
    private static void Write(IStatements statements, string pipeline, RunOutcome outcome) =>
        statements.Execute(
            $"""
            INSERT INTO {Schema}.run_outcomes (pipeline, run, kind, as_of, model, ended_at, exit_code, sentence)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            ON CONFLICT (pipeline, run) DO UPDATE SET kind = excluded.kind, as_of = excluded.as_of,
                model = excluded.model,
                ended_at = excluded.ended_at, exit_code = excluded.exit_code, sentence = excluded.sentence
            WHERE excluded.ended_at >= run_outcomes.ended_at
            """,
            pipeline,
            outcome.Run,
            outcome.Kind is { } kind ? EnumText.Of(kind) : null,
            outcome.AsOf,
            outcome.Model,
            outcome.EndedAt,
            (int?)outcome.ExitCode,
            outcome.Sentence
        );

    private static void Write(IStatements statements, string pipeline, Training training) =>
        statements.Execute(
            $"""
            INSERT INTO {Schema}.trainings (pipeline, run, as_of, trained_at, metric, value, low, high, baseline,
                gain, champion)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, false)
            ON CONFLICT (pipeline, run) DO NOTHING
            """,
            pipeline,
            training.Run,
            training.AsOf,
            training.TrainedAt,
            training.Metric,
            training.Value,
            training.Low,
            training.High,
            training.Baseline,
            training.Gain
        );

    private static void Write(IStatements statements, string pipeline, TrainingVerdict verdict) =>
        statements.Execute(
            $"""
            UPDATE {Schema}.trainings SET verdict = $3, champion = $4, reason = $5, decided_by = $6, decided_at = $7
            WHERE pipeline = $1 AND run = $2
                AND (verdict IS DISTINCT FROM $3 OR champion IS DISTINCT FROM $4 OR decided_at IS DISTINCT FROM $7)
            """,
            pipeline,
            verdict.Run,
            verdict.Verdict,
            verdict.Champion,
            verdict.Reason,
            verdict.DecidedBy,
            verdict.DecidedAt
        );
}
