using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Writes down a run, its model, what its steps cost, and whose a table is, in SQL that DuckDB and
/// PostgreSQL share.</summary>
internal static class Records
{
    private const string Schema = PredictionsTable.Schema;

    /// <summary>Makes the table unless it is there; one of another shape or pipeline is 78.</summary>
    /// <returns>Whether the table was made, and whether it had been there before, and was gone.</returns>
    public static (bool IsMade, bool WasGone) Demand(IStatements statements, PublishedTable table, DateTimeOffset at)
    {
        var known = statements.First(
            $"SELECT pipeline, task, key_columns FROM {Schema}.prediction_tables WHERE table_name = $1",
            table.Name
        );
        var isGone = known is not null && !Exists(statements, table);
        if (isGone)
        {
            // Whoever dropped it has settled what it was; with another key or pipeline too it begins anew.
            statements.Execute($"DELETE FROM {Schema}.prediction_tables WHERE table_name = $1", table.Name);
        }

        if (known is null || isGone)
        {
            foreach (var statement in table.Create(statements.Dialect))
            {
                statements.Execute(statement);
            }

            statements.Execute(
                $"INSERT INTO {Schema}.prediction_tables VALUES ($1, $2, $3, $4, $5)",
                table.Name,
                table.Pipeline,
                table.Holds,
                table.KeyText,
                at
            );
            return (true, isGone);
        }

        var (pipeline, task, key) = (known[0], known[1], known[2]);
        var change =
            pipeline != table.Pipeline ? $"belongs to the pipeline '{pipeline}', not '{table.Pipeline}'"
            : task != table.Holds ? $"holds {PublishedTable.Words(task!)}, not {PublishedTable.Words(table.Holds)}"
            : key != table.KeyText ? $"has the key {key}, not {table.KeyText}"
            : null;
        if (change is not null)
        {
            throw Fault.BadConfiguration(
                $"The table {Schema}.{table.Name} {change}: name a new predictions.table. Nothing was changed."
            );
        }

        return (false, false);
    }

    private static bool Exists(IStatements statements, PublishedTable table) =>
        statements.First(
            "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = $2",
            Schema,
            table.Name
        )
            is not null;

    /// <summary>Writes the model and the run, which the predictions refer to.</summary>
    /// <returns>Whether the run is new.</returns>
    public static bool Write(IStatements statements, string pipeline, PublishedModel model, PublishedRun run)
    {
        statements.Execute(
            $"""
            INSERT INTO {Schema}.models (pipeline, model, as_of, trained_at, learned_through, metric, value, promoted,
                reason, definition_hash, sql, sql_sha256,
                training_data, training_data_sha256, package, card_sha256, image, commit_hash)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            ON CONFLICT (pipeline, model) DO NOTHING
            """,
            pipeline,
            model.Version,
            model.AsOf,
            model.TrainedAt,
            model.LearnedThrough,
            model.Metric,
            model.Value,
            model.Promoted,
            model.Reason,
            model.DefinitionHash,
            model.Sql,
            model.SqlSha256,
            model.TrainingData,
            model.TrainingDataSha256,
            model.Package,
            model.CardSha256,
            model.Image,
            model.Commit
        );
        var isNew =
            statements.Execute(
                $"""
                INSERT INTO {Schema}.runs (pipeline, run, kind, as_of, model, model_override, definition_hash,
                    sql_sha256, folder, image, commit_hash, started_at, published_at, "rows")
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0)
                ON CONFLICT (pipeline, run) DO NOTHING
                """,
                pipeline,
                run.Run,
                EnumText.Of(run.Kind),
                run.AsOf,
                model.Version,
                run.ModelOverride,
                run.DefinitionHash,
                run.SqlSha256,
                run.Folder,
                run.Image,
                run.Commit,
                run.StartedAt,
                run.PublishedAt
            ) > 0;
        if (
            statements.First($"SELECT model FROM {Schema}.runs WHERE pipeline = $1 AND run = $2", pipeline, run.Run)![0]
                is var published
            && published != model.Version
        )
        {
            throw Fault.BadData(
                $"The run '{run.Run}' has published with the model '{published}' already, not with "
                    + $"'{model.Version}': start a new run. Nothing was changed."
            );
        }

        return isNew;
    }

    /// <summary>Corrects verdicts that have changed since they were written. Where none has, no row is locked, so
    /// that runs of one model publish side by side.</summary>
    public static void Correct(IStatements statements, string pipeline, IReadOnlyList<PublishedVerdict> verdicts)
    {
        if (verdicts.Count == 0)
        {
            return;
        }

        var rows = verdicts.Select(
            (_, i) => $"(CAST(${(3 * i) + 2} AS text), CAST(${(3 * i) + 3} AS boolean), CAST(${(3 * i) + 4} AS text))"
        );
        statements.Execute(
            $"""
            UPDATE {Schema}.models SET promoted = verdicts.promoted, reason = verdicts.reason
            FROM (VALUES {string.Join(", ", rows)}) AS verdicts (model, promoted, reason)
            WHERE models.pipeline = $1 AND models.model = verdicts.model
                AND (models.promoted <> verdicts.promoted OR models.reason <> verdicts.reason)
            """,
            [
                pipeline,
                .. verdicts.SelectMany(verdict => new object[] { verdict.Model, verdict.Promoted, verdict.Reason }),
            ]
        );
    }

    /// <summary>Writes what is known once the rows are written.</summary>
    public static void Complete(IStatements statements, string pipeline, PublishedRun run, long rows)
    {
        statements.Execute(
            $"UPDATE {Schema}.runs SET \"rows\" = $3 WHERE pipeline = $1 AND run = $2",
            pipeline,
            run.Run,
            rows
        );
        foreach (var step in run.Steps)
        {
            statements.Execute(
                $"""
                INSERT INTO {Schema}.run_steps (pipeline, run, step, seconds, cpu_seconds, peak_memory_bytes,
                    bytes_in, bytes_out, "rows")
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
                ON CONFLICT (pipeline, run, step) DO UPDATE SET seconds = excluded.seconds,
                    cpu_seconds = excluded.cpu_seconds,
                    peak_memory_bytes = excluded.peak_memory_bytes, bytes_in = excluded.bytes_in,
                        bytes_out = excluded.bytes_out, "rows" = excluded."rows"
                """,
                pipeline,
                run.Run,
                EnumText.Of(step.Step),
                step.Seconds,
                step.CpuSeconds,
                step.PeakMemoryBytes,
                step.BytesIn,
                step.BytesOut,
                step.Rows
            );
        }

        foreach (var move in run.Moves)
        {
            statements.Execute(
                $"""
                INSERT INTO {Schema}.input_moves (pipeline, run, input, distance, beyond, moved_in, bar, blocks,
                    moved, null_share, trained_null_share, unseen_share, mean, trained_mean)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                ON CONFLICT (pipeline, run, input) DO UPDATE SET distance = excluded.distance,
                    beyond = excluded.beyond, moved_in = excluded.moved_in, bar = excluded.bar,
                    blocks = excluded.blocks, moved = excluded.moved, null_share = excluded.null_share,
                    trained_null_share = excluded.trained_null_share, unseen_share = excluded.unseen_share,
                    mean = excluded.mean, trained_mean = excluded.trained_mean
                """,
                pipeline,
                run.Run,
                move.Input,
                move.Distance,
                move.Beyond,
                move.In,
                move.Bar,
                move.Blocks,
                move.HasMoved,
                move.NullShare,
                move.TrainedNullShare,
                move.UnseenShare,
                move.Mean,
                move.TrainedMean
            );
        }
    }
}
