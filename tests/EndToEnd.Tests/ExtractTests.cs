using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The step extract on a small daily pipeline: shops and the sales of each day, known the day after.</summary>
public abstract class ExtractTests<TWorkspace> : ShopsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Sql = """
        SELECT shop, day_start, busy, visitors, city
        FROM sales
        WHERE day_start > {{ from }} AND day_start <= {{ to }}

        """;

    private const string Spec = """
        version: 1
        name: shops
        clock: {zone: America/New_York, every: day}
        rows: {sql: rows.sql, key: [shop], cutoff: day_start, history: 60 days}
        label: {column: busy, known_after: 1 day}
        features: {numbers: [visitors], categories: [city]}
        model: {task: binary, split: {validation: 7 days, holdout: 7 days}}
        metric: auc

        """;

    /// <summary>What the warehouse itself says of a column that is not there.</summary>
    protected abstract string NoColumnCitty { get; }

    protected override async Task PrepareAsync()
    {
        Workspace.WriteFile("shops/pipeline.yaml", Spec);
        Workspace.WriteFile("shops/rows.sql", Sql);
        await Workspace.LoadAsync(
            "days",
            "shop bigint, day timestamp, busy boolean, visitors numeric(10,1), city text",
            Enumerable
                .Range(0, 73)
                .SelectMany(day =>
                    Enumerable
                        .Range(0, 10)
                        .Select(shop =>
                            $"{shop},{new DateOnly(2026, 1, 1).AddDays(day):yyyy-MM-dd} 00:00:00,"
                            + $"{(shop + day + 1) % 3 == 0},{shop * 0.5m},"
                            + (
                                shop == 2 ? "\"\""
                                : shop == 3 ? ""
                                : "\"a \"\"b\"\", c\""
                            )
                        )
                )
        );
        await Workspace.ExecuteAsync(
            "CREATE TABLE sales AS SELECT shop, day AT TIME ZONE 'America/New_York' AS day_start, busy, "
                + "visitors, city FROM days"
        );
    }

    [Fact]
    public async Task A_train_run_has_the_mature_rows_of_its_window_and_is_frozen()
    {
        var ended = (await TrainAsync("r1", "--output", "json")).With(0);

        var manifest = JsonNode.Parse(ended.Output)!;
        Assert.Equal(
            [
                """{"name":"shop","type":"bigint","nullable":false}""",
                """{"name":"day_start","type":"timestamptz","nullable":false}""",
                """{"name":"busy","type":"boolean","nullable":true}""",
                """{"name":"visitors","type":"numeric","nullable":true}""",
                """{"name":"city","type":"text","nullable":true}""",
            ],
            manifest["dataset"]!["columns"]!.AsArray().Select(column => column!.ToJsonString())
        );
        Assert.Equal(
            """{"fit":430,"validation":70,"holdout":70,"gap":20}""",
            manifest["details"]!["rows_by_part"]!.ToJsonString()
        );
        var csv = await LinesAsync(manifest["dataset"]!["parts"]![0]!);
        Assert.Equal("shop,day_start,busy,visitors,city", csv[0]);
        Assert.Equal("2,2026-01-01 05:00:00+00,t,1.0,\"\"", csv[3]);
        Assert.Equal("3,2026-01-01 05:00:00+00,f,1.5,", csv[4]);
        Assert.Equal("9,2026-02-28 05:00:00+00,f,4.5,\"a \"\"b\"\", c\"", csv[^1]);
        Assert.Equal(
            "Extracted 590 rows of 5 columns with 2025-12-30 05:00:00+00 < cutoff <= 2026-02-28 05:00:00+00: "
                + "1 part, 0.0 MB.",
            (string)manifest["sentence"]!
        );

        var run = await Workspace.ReadJsonAsync("shops/runs/r1/run.json");
        Assert.Equal(("train", "rows.sql"), ((string)run["kind"]!, (string)run["definition_files"]![0]!["file"]!));
        Assert.Equal(Sql, await Workspace.ReadTextAsync("shops/runs/r1/definition/rows.sql"));
    }

    [Fact]
    public async Task A_dataset_is_cut_into_parts_at_record_ends()
    {
        var ended = (await TrainAsync("r1", "--part-bytes", "4096", "--output", "json")).With(0);

        var parts = JsonNode.Parse(ended.Output)!["dataset"]!["parts"]!.AsArray();
        Assert.True(parts.Count > 3);
        var rows = new List<string>();
        foreach (var part in parts)
        {
            var lines = await LinesAsync(part!);
            Assert.Equal("shop,day_start,busy,visitors,city", lines[0]);
            rows.AddRange(lines[1..]);
        }

        Assert.Equal(590, rows.Count);
        Assert.Equal(590, rows.Select(row => row[..26]).Distinct().Count());
    }

    [Fact]
    public async Task The_same_run_again_changes_nothing_and_another_one_under_its_id_is_65()
    {
        (await TrainAsync("r1")).With(0);
        var state = await Workspace.StateAsync();

        Assert.StartsWith(
            "Already done: Extracted 590 rows",
            (await TrainAsync("r1")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "Run 'r1' is frozen with the kind train, not score. Start a new run. Nothing was changed.",
            (await ExtractAsync("score", "r1", "2026-03-01")).With(65).LastWords
        );
        Assert.Equal(
            "Run 'r1' is frozen with the as-of 2026-03-01T05:00:00Z, not 2026-03-02T05:00:00Z. Start a new "
                + "run. Nothing was changed.",
            (await ExtractAsync("train", "r1", "2026-03-02")).With(65).LastWords
        );
        Assert.Equal(
            "Run 'r1' is frozen with no limit of rows. Start a new run. Nothing was changed.",
            (await TrainAsync("r1", "--limit", "300")).With(65).LastWords
        );
        Workspace.WriteFile("shops/rows.sql", Sql + "-- changed\n");
        Assert.Equal(
            "Run 'r1' is frozen with another definition: the spec, its SQL or the features have changed "
                + "since. Start a new run. Nothing was changed.",
            (await TrainAsync("r1")).With(65).LastWords
        );
        Assert.Equal(state, await Workspace.StateAsync());
    }

    [Fact]
    public async Task A_run_that_died_between_its_freezing_and_its_manifest_is_taken_up_again()
    {
        (await TrainAsync("r1")).With(0);
        await Workspace.DeleteAsync("shops/runs/r1/extract/manifest.json");
        var run = await Workspace.ReadTextAsync("shops/runs/r1/run.json");

        (await TrainAsync("r1")).With(0);
        Assert.Equal(run, await Workspace.ReadTextAsync("shops/runs/r1/run.json"));

        await Workspace.DeleteAsync("shops/runs/r1/extract/manifest.json");
        Workspace.WriteFile("shops/rows.sql", Sql + "-- changed\n");
        Assert.StartsWith(
            "Run 'r1' is frozen with another definition",
            (await TrainAsync("r1")).With(65).LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_run_that_failed_over_its_query_succeeds_once_that_is_mended()
    {
        Workspace.WriteFile("shops/rows.sql", Sql.Replace("city", "citty"));
        var failed = (await TrainAsync("r1")).With(78);
        Assert.Equal($"{Workspace.Folder}/shops/rows.sql:1: {NoColumnCitty} Nothing was changed.", failed.LastWords);
        Assert.Empty(await Workspace.StateAsync());

        Workspace.WriteFile("shops/rows.sql", Sql);
        (await TrainAsync("r1")).With(0);
    }

    [Theory]
    [InlineData(
        "SELECT shop, day_start, busy, visitors, city FROM sales WHERE {{ from }} < {{ to }}",
        ": the row with shop = 0, day_start = 2026-03-01 05:00:00+00 lies after the run's window: the query "
            + "returned the future. It returns rows with 2025-12-30 05:00:00+00 < cutoff <= 2026-02-28 05:00:00+00 "
            + "only; compare the cutoff with {{ from }} and {{ to }}. Nothing was changed."
    )]
    [InlineData(
        "SELECT shop % 5 AS shop, day_start, busy, visitors, city FROM sales WHERE day_start > {{ from }} AND "
            + "day_start <= {{ to }}",
        ": the row with shop = 0, day_start = 2026-01-01 05:00:00+00 is there twice: key and cutoff name one "
            + "row only. Mend the join that doubles it, or add a column to the key. Nothing was changed."
    )]
    [InlineData(
        "SELECT nullif(shop, 4) AS shop, day_start, busy, visitors, city FROM sales WHERE day_start > {{ from "
            + "}} AND day_start <= {{ to }}",
        ": the row with shop = null, day_start = 2026-01-01 05:00:00+00 has no value in 'shop', which belongs "
            + "to the key. Leave such rows out of the query. Nothing was changed."
    )]
    [InlineData(
        "SELECT shop, nullif(day_start, TIMESTAMPTZ '2026-02-01 05:00:00+00') AS day_start, busy, visitors, "
            + "city FROM sales WHERE day_start > {{ from }} AND day_start <= {{ to }}",
        ": the row with shop = 0, day_start = null has no value in 'day_start', which is the cutoff. Leave "
            + "such rows out of the query. Nothing was changed."
    )]
    [InlineData(
        "SELECT shop, day_start, busy, visitors, city FROM sales WHERE day_start > {{ from }} AND day_start "
            + "<= {{ to }} AND shop > 99",
        ": there are no rows to learn from with 2025-12-30 05:00:00+00 < cutoff <= 2026-02-28 05:00:00+00. "
            + "Nothing was changed."
    )]
    [InlineData(
        "SELECT shop, day_start, CASE WHEN day_start < TIMESTAMPTZ '2026-02-27 00:00:00+00' THEN busy END AS "
            + "busy, visitors, city FROM sales WHERE day_start > {{ from }} AND day_start <= {{ to }}",
        ": labels are late: 28.6 % of 'busy' are null in the holdout (20 of 70), null_at_most is 5 %. Wait "
            + "for them, or correct known_after. Nothing was changed."
    )]
    [InlineData(
        "SELECT shop, day_start, busy, visitors, city FROM sales WHERE day_start > greatest({{ from }}, "
            + "TIMESTAMPTZ '2026-02-15 00:00:00+00') AND day_start <= {{ to }}",
        ": the first row is of 2026-02-15 05:00:00+00, but the split needs rows of 2026-02-12 05:00:00+00 or "
            + "before to fit a model: what is later goes to holdout, validation and the gaps before them. Give the "
            + "pipeline more history, take a later as-of, or make model.split smaller. Nothing was changed."
    )]
    [InlineData(
        "SELECT shop, day_start, busy, visitors, city FROM sales WHERE day_start > {{ from }} AND day_start "
            + "<= {{ to }} AND day_start < TIMESTAMPTZ '2026-02-20 00:00:00+00'",
        ": there are no rows for holdout, which is 2026-02-21 05:00:00+00 < cutoff <= 2026-02-28 05:00:00+00; "
            + "the last row is of 2026-02-19 05:00:00+00. Is the warehouse up to date? Nothing was changed."
    )]
    [InlineData(
        "SELECT shop, day_start AT TIME ZONE 'America/New_York' AS day_start, busy, visitors, city FROM sales "
            + "WHERE day_start > {{ from }} AND day_start <= {{ to }}",
        ": the cutoff 'day_start' is timestamp, which is no instant. Write day_start AT TIME ZONE "
            + "'America/New_York' AS day_start. Nothing was changed."
    )]
    public async Task Rows_that_break_the_contract_are_65_and_leave_nothing(string sql, string message)
    {
        Workspace.WriteFile("shops/rows.sql", sql);
        var ended = (await TrainAsync("r1", "--part-bytes", "1024")).With(65);
        Assert.Equal($"{Workspace.Folder}/shops/rows.sql{message}", ended.LastWords);
        Assert.Empty(await Workspace.StateAsync());
    }

    [Fact]
    public async Task A_trial_has_as_many_rows_as_it_is_told_from_all_over_the_window()
    {
        var ended = (await TrainAsync("r1", "--limit", "200", "--output", "json")).With(0);
        var manifest = JsonNode.Parse(ended.Output)!;
        Assert.Equal(200, (int)manifest["dataset"]!["parts"]![0]!["rows"]!);
        Assert.StartsWith("2026-01-0", (string)manifest["details"]!["first_cutoff"]!, StringComparison.Ordinal);
        Assert.StartsWith("2026-02-2", (string)manifest["details"]!["last_cutoff"]!, StringComparison.Ordinal);
        Assert.Equal(200, (int)(await Workspace.ReadJsonAsync("shops/runs/r1/run.json"))["trial_limit"]!);
    }

    [Fact]
    public async Task What_is_missing_on_the_command_line_is_said()
    {
        var ended = (
            await Workspace.RunAsync(
                "extract",
                [
                    "--pipeline",
                    $"{Workspace.Folder}/shops",
                    "--run-id",
                    "r1",
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.WarehouseAsReader,
                    "--kind",
                    "train",
                ]
            )
        ).With(64);
        Assert.Equal(
            "--as-of is missing; looked on the command line, then in TRAINYARD_AS_OF. Example: --as-of 2013-12-30",
            ended.LastWords
        );
        Assert.Equal(
            "Pipeline 'shops' has no champion: make a train run first. Nothing was changed.",
            (await ExtractAsync("score", "s1", "2026-03-01")).With(66).LastWords
        );
        Assert.Equal(
            $"There is no model 'm1' of pipeline 'shops' in {Workspace.Store}. Nothing was changed.",
            (await ExtractAsync("score", "s1", "2026-03-01", "--model", "m1")).With(66).LastWords
        );
        Assert.Equal(
            "--model belongs to score runs: a train run makes its own. Nothing was changed.",
            (await TrainAsync("r1", "--model", "m1")).With(64).LastWords
        );
        Assert.Empty(await Workspace.StateAsync());
    }

    /// <summary>The lines of a part, which ends with a line feed.</summary>
    private async Task<string[]> LinesAsync(JsonNode part) =>
        (await Workspace.ReadTextAsync($"shops/runs/r1/extract/{part["file"]}")).Split('\n')[..^1];

    private Task<Ended> TrainAsync(string run, params string[] more) => ExtractAsync("train", run, "2026-03-01", more);
}

public sealed class ExtractOnFolderAndDuckDb : ExtractTests<FolderAndDuckDb>
{
    protected override string NoColumnCitty =>
        "Binder Error: Referenced column \"citty\" not found in FROM clause! Candidate bindings: \"city\", "
        + "\"visitors\".";
}

[Trait("Suite", Suites.Slow)]
public sealed class ExtractOnPostgresAndS3 : ExtractTests<PostgresAndS3>
{
    protected override string NoColumnCitty =>
        "column \"citty\" does not exist. Perhaps you meant to reference the column \"sales.city\".";
}
