using System.Globalization;
using System.Text;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Which rows are one and the same, which are in a window, and text files that are no UTF-8.</summary>
public abstract class RowsTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Asof = "2024-05-20";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Twins_that_a_collation_parts_are_65()
    {
        if (Workspace is PostgresAndS3)
        {
            await Workspace.ExecuteAsync(
                "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
            );
        }

        Parcels.Edit(
            "rows.sql",
            "SELECT parcel_id",
            "SELECT CAST(CASE parcel_id % 60 WHEN 0 THEN 'x' WHEN 1 THEN 'X' WHEN 2 THEN 'x' WHEN 3 THEN 'X' ELSE "
                + "concat('p', parcel_id) END AS text) COLLATE nocase AS parcel_id"
        );

        Assert.EndsWith(
            "rows.sql: the row with parcel_id = X, day_start = 2024-02-09 05:00:00+00 is there twice: key and cutoff "
                + "name one row only. Mend the join that doubles it, or add a column to the key. Nothing was changed.",
            (await ExtractAsync("train", Asof)).With(65).LastWords,
            StringComparison.Ordinal
        );

        // What differs in a byte is published as two rows, and so is two.
        Parcels.Edit("rows.sql", "WHEN 2 THEN 'x' WHEN 3 THEN 'X' ", "");
        (await ExtractAsync("train", Asof)).With(0);
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task Keys_of_any_name_show_every_row_in_both_views()
    {
        Parcels.Edit(
            "rows.sql",
            "SELECT parcel_id",
            """
            SELECT parcel_id AS "#", 1 AS "##", 2 AS "select", 3 AS "Customer ID", 4 AS "*",
                5 AS "a""b", 6 AS "#1", 7 AS predicted
            """
        );
        Parcels.Edit(
            "pipeline.yaml",
            "key: [parcel_id]",
            """key: ["#", "##", select, Customer ID, "*", 'a"b', "#1", predicted]"""
        );

        var ended = (await Parcels.RunAsync("both", Asof)).With(0);

        Assert.Contains(
            "\n  #     ##  select  Customer ID  *  a\"b  #1  predicted  cutoff  ",
            ended.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "A column of the key is called 'predicted', so trainyard.parcels_predictions has what is predicted as "
                + "'label' alone, a name that goes with a later version. Rename the key column in the query, and name "
                + "a new predictions.table.",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["7|60"],
            await Workspace.QueryAsync(
                "SELECT max(predicted), count(label) FROM trainyard.parcels_predictions_current WHERE label = "
                    + "(probability >= (SELECT min(probability) FROM trainyard.parcels_predictions WHERE label))"
            )
        );
        Assert.Equal(
            ["60|60"],
            await Workspace.QueryAsync(
                "SELECT (SELECT count(*) FROM trainyard.parcels_predictions_current), count(*) FROM "
                    + "trainyard.parcels_predictions_newest"
            )
        );
    }

    [Fact]
    public async Task Names_that_the_table_of_predictions_has_are_refused_by_whoever_looks_first()
    {
        Parcels.Edit("rows.sql", "SELECT parcel_id", "SELECT parcel_id AS model");
        Parcels.Edit("pipeline.yaml", "key: [parcel_id]", "key: [model]");
        Parcels.Edit("pipeline.yaml", "metric: auc", "metric: auc\npredictions: {table: lineage}");
        var spec = Path.Combine(Parcels.Folder, "pipeline.yaml");

        var refusal =
            $"{spec}:5:29: the key column 'model' has the name of a column that every table of predictions has "
            + "(pipeline, cutoff, predicted_at, run, model, hindsight, probability, label); rename it in the query.\n"
            + $"{spec}:20:22: the table 'lineage' is one of Trainyard's own (input_moves, later_migrations, lineage, "
            + "live_metrics, measured_runs, measured_tables, migrations, models, "
            + "prediction_tables, run_outcomes, run_steps, runs, trainings); name another.\n";
        Assert.EndsWith(refusal, (await ValidateAsync()).With(78).Error, StringComparison.Ordinal);
        Assert.Contains(
            "the key column 'model' has the name",
            (await ExtractAsync("train", Asof)).With(78).Error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_byte_order_mark_changes_nothing_and_what_is_no_UTF_8_is_78_with_its_place()
    {
        var (spec, sql) = (Path.Combine(Parcels.Folder, "pipeline.yaml"), Path.Combine(Parcels.Folder, "rows.sql"));
        await File.WriteAllTextAsync(spec, Parcels.Spec, Encoding.UTF8, Cancel);
        await File.WriteAllTextAsync(sql, Parcels.Sql, Encoding.UTF8, Cancel);
        (await ValidateAsync("--warehouse", Workspace.WarehouseAsReader)).With(0);
        (await ExtractAsync("train", Asof)).With(0);

        await File.WriteAllTextAsync(
            sql,
            Parcels.Sql.Replace("FROM parcels", "FROM parcels -- für München", StringComparison.Ordinal),
            Encoding.Latin1,
            Cancel
        );
        foreach (var ended in new[] { await ValidateAsync(), await ExtractAsync("train", Asof) })
        {
            Assert.EndsWith(
                $"{sql}:2:18: the byte 0xFC is not UTF-8: save the file as UTF-8.",
                ended.With(78).LastWords,
                StringComparison.Ordinal
            );
        }

        await File.WriteAllTextAsync(sql, Parcels.Sql, Encoding.Unicode, Cancel);
        foreach (var ended in new[] { await ValidateAsync(), await ExtractAsync("train", Asof) })
        {
            Assert.EndsWith(
                $"{sql}:1:1: this is UTF-16 (or UTF-32), not UTF-8: save the file as UTF-8.",
                ended.With(78).LastWords,
                StringComparison.Ordinal
            );
        }

        await File.WriteAllTextAsync(sql, Parcels.Sql, Cancel);
        var secret = Workspace.WriteFile("warehouse", "");
        await File.WriteAllBytesAsync(secret, [.. "postgresql://u:p"u8, 0xE9, .. "ss@host/db"u8], Cancel);
        Assert.EndsWith(
            "TRAINYARD_WAREHOUSE_FILE names a file that is not UTF-8 (line 1, byte 17): save it as UTF-8. Nothing "
                + "was changed.",
            (
                await Workspace.RunAsync(
                    "trainyard",
                    ["check", Parcels.Folder, "--store", Workspace.Store],
                    [("TRAINYARD_WAREHOUSE_FILE", secret)]
                )
            )
                .With(78)
                .LastWords,
            StringComparison.Ordinal
        );
    }

    /// <summary>Clocks in Apia went from the 29th of December 2011 to the 31st.</summary>
    [Fact]
    public async Task A_day_that_never_was_is_no_end_of_a_window_and_no_as_of()
    {
        Parcels.Edit("pipeline.yaml", "zone: America/New_York", "zone: Pacific/Apia");
        Parcels.Edit("pipeline.yaml", "history: 100 days", "history: 365 days");
        Parcels.Edit("rows.sql", "parcel_id, day_start", "parcel_id, day_start - INTERVAL '4175 days' AS day_start");
        Parcels.Edit(
            "rows.sql",
            "day_start > {{ from }} AND day_start <=",
            "day_start - INTERVAL '4175 days' > {{ from }} AND day_start - INTERVAL '4175 days' <="
        );

        Assert.Contains(
            " with 2011-12-30 10:00:00+00 < cutoff <= 2012-12-28 10:00:00+00",
            (await ExtractAsync("train", "2012-12-31")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "The day 2011-12-30 never was in Pacific/Apia, whose clocks skipped it: name the day before or after it. "
                + "Nothing was changed.",
            (await ExtractAsync("train", "2011-12-30")).With(64).LastWords,
            StringComparison.Ordinal
        );
        foreach (var asOf in new[] { "2011-12-31", "2012-01-01", "2012-01-05" })
        {
            Assert.NotEqual(70, (await ExtractAsync("train", asOf)).ExitCode);
        }
    }

    [Fact]
    public async Task A_clock_that_is_two_minutes_behind_is_no_mistake_and_one_that_is_twenty_is_64()
    {
        Parcels.Edit("pipeline.yaml", "metric: auc", "metric: auc\nschedule: {score: \"0 1 * * *\"}");

        (await CheckAsync(minutes: 2)).With(0);
        Assert.Contains(
            " is in the future: it is ",
            (await CheckAsync(minutes: 20)).With(64).LastWords,
            StringComparison.Ordinal
        );

        Task<Ended> CheckAsync(int minutes) =>
            Workspace.RunAsync(
                "trainyard",
                [
                    "check",
                    Parcels.Folder,
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                    "--as-of",
                    TimeProvider
                        .System.GetUtcNow()
                        .AddMinutes(minutes)
                        .ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
                ]
            );
    }

    private Task<Ended> ExtractAsync(string kind, string asOf) =>
        Parcels.StepAsync(
            "extract",
            Guid.NewGuid().ToString("N"),
            "--kind",
            kind,
            "--as-of",
            asOf,
            "--warehouse",
            Workspace.WarehouseAsReader
        );

    private Task<Ended> ValidateAsync(params string[] more) =>
        Workspace.RunAsync("trainyard", ["validate", Parcels.Folder, .. more]);
}

public sealed class RowsOnFolderAndDuckDb : RowsTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class RowsOnPostgresAndS3 : RowsTests<PostgresAndS3>;
