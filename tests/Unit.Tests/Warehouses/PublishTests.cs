using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

public sealed class PublishTests
{
    [Fact]
    public async Task Predictions_are_there_with_everything_they_came_from()
    {
        using var file = new DuckDbFile();
        var outcome = await PublishAsync(file, Run("score.1"), "1,0.25,f,f", "9007199254740993,0.75,t,t");

        Assert.Equal(new PublishOutcome(2, 0), outcome);
        Assert.Equal(
            """
            flights|1|2026-03-02 00:00:00+00|2026-03-02 01:00:00+00|score.1|train.1|f|0.25|f
            flights|9007199254740993|2026-03-02 00:00:00+00|2026-03-02 01:00:00+00|score.1|train.1|t|0.75|t
            """,
            await RowsAsync(file, "SELECT * FROM trainyard.flights_predictions ORDER BY flight_id")
        );
        Assert.Equal(
            "1|score.1|train.1|2026-02-27 00:00:00+00|store/flights/runs/train.1/extract/manifest.json|SELECT "
                + "1 WHERE {{ from }} < {{ to }}|step-train:1|2",
            await RowsAsync(
                file,
                """
                SELECT flight_id, run, model, learned_through, training_data, sql, model_image, runs."rows"
                FROM trainyard.flights_predictions JOIN trainyard.lineage USING (pipeline, run)
                    JOIN trainyard.runs AS runs USING (pipeline, run, model)
                WHERE flight_id = 1
                """
            )
        );
        Assert.Equal(
            "score.1|score|1.5|4096",
            await RowsAsync(file, "SELECT run, step, seconds, peak_memory_bytes FROM trainyard.run_steps")
        );
    }

    [Fact]
    public async Task A_table_that_was_dropped_by_hand_is_made_again()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("score.1"), "1,0.1,f,f");
        file.Execute("DROP TABLE trainyard.flights_predictions");
        Assert.Equal(
            new PublishOutcome(1, 0, TableWasGone: true),
            await PublishAsync(file, Run("score.2"), "1,0.9,t,f")
        );
        Assert.Equal(
            "1|score.2",
            await RowsAsync(file, "SELECT flight_id, run FROM trainyard.flights_predictions_newest")
        );
        Assert.Equal("score.1\nscore.2", await RowsAsync(file, "SELECT run FROM trainyard.runs ORDER BY 1"));
    }

    [Fact]
    public async Task Publishing_again_replaces_the_run_s_own_rows_and_no_others()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("score.1"), "1,0.1,f,f", "2,0.2,f,f");
        await PublishAsync(file, Run("score.2"), "1,0.9,t,f");
        var again = await PublishAsync(
            file,
            Run("score.1") with
            {
                PublishedAt = Monday.AddDays(1),
            },
            "2,0.22,f,f",
            "3,0.3,f,f"
        );

        Assert.Equal(new PublishOutcome(2, 2), again);
        Assert.Equal(
            "score.1|2|0.22\nscore.1|3|0.3\nscore.2|1|0.9",
            await RowsAsync(file, "SELECT run, flight_id, probability FROM trainyard.flights_predictions ORDER BY ALL")
        );
        Assert.Equal(
            "score.1|2026-03-02 02:00:00+00\nscore.2|2026-03-02 02:00:00+00",
            await RowsAsync(file, "SELECT run, published_at FROM trainyard.runs ORDER BY ALL")
        );
        Assert.Equal("0001_trainyard.sql", await RowsAsync(file, "SELECT name FROM trainyard.migrations"));
    }

    [Fact]
    public async Task Current_is_the_last_published_without_hindsight_and_overrides_and_newest_the_last_cutoff()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("a"), "1,0.1,f,f", "2,0.2,f,t", "3,0.3,f,f");
        await PublishAsync(file, Run("b") with { PublishedAt = Monday.AddHours(3) }, "1,0.11,f,f");
        await PublishAsync(
            file,
            Run("c") with
            {
                PublishedAt = Monday.AddHours(4),
                ModelOverride = true,
            },
            "1,0.99,t,f",
            "4,0.4,f,f"
        );
        await PublishAsync(
            file,
            Run("d") with
            {
                PublishedAt = Monday.AddHours(5),
                AsOf = Monday.AddDays(1),
            },
            Monday.AddDays(1),
            "3,0.33,f,f"
        );
        await PublishAsync(
            file,
            Run("late") with
            {
                PublishedAt = Monday.AddHours(6),
                AsOf = Monday.AddDays(-1),
            },
            Monday.AddDays(-1),
            "3,0.03,f,f"
        );

        Assert.Equal(
            "1|2026-03-02 00:00:00+00|b|0.11\n3|2026-03-01 00:00:00+00|late|0.03\n3|2026-03-02 "
                + "00:00:00+00|a|0.3\n3|2026-03-03 00:00:00+00|d|0.33",
            await RowsAsync(
                file,
                "SELECT flight_id, cutoff, run, probability FROM trainyard.flights_predictions_current ORDER BY ALL"
            )
        );
        Assert.Equal(
            "1|b|0.11\n3|d|0.33",
            await RowsAsync(
                file,
                "SELECT flight_id, run, probability FROM trainyard.flights_predictions_newest ORDER BY ALL"
            )
        );
    }

    [Fact]
    public async Task The_first_predictions_of_a_run_are_shown_in_the_order_of_their_keys()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("it's"), "3,0.3,f,f", "1,0.1,f,f", "2,0.2,t,f");
        await PublishAsync(file, Run("other"), "0,0.9,t,f");
        await using var warehouse = Warehouse.Open(file.Uri);
        var table = await warehouse.FirstPredictionsAsync(
            "flights_predictions",
            "it's",
            ["flight_id"],
            most: 2,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            ["flight_id", "cutoff", "predicted_at", "model", "hindsight", "probability", "label"],
            table.Columns
        );
        Assert.Equal(
            [
                "1|2026-03-02 00:00:00+00|2026-03-02 01:00:00+00|train.1|f|0.1|f",
                "2|2026-03-02 00:00:00+00|2026-03-02 01:00:00+00|train.1|f|0.2|t",
            ],
            table.Rows.Select(row => string.Join('|', row))
        );
    }

    [Fact]
    public async Task Keys_keep_their_types()
    {
        using var file = new DuckDbFile();
        Column[] key =
        [
            new("a", ColumnType.Integer, false),
            new("b \"; DROP TABLE trainyard.runs; --", ColumnType.Text, false),
            new("c", ColumnType.Uuid, false),
            new("d", ColumnType.Date, false),
            new("e", ColumnType.Timestamp, false),
            new("f", ColumnType.Boolean, false),
        ];
        var table = new PredictionsTable("t\"; DROP SCHEMA trainyard; --", "flights", ModelTask.Regression, key);
        Column[] columns =
        [
            .. key,
            new("cutoff", ColumnType.TimestampTz, false),
            new("predicted_at", ColumnType.TimestampTz, false),
            new("hindsight", ColumnType.Boolean, false),
            new("value", ColumnType.Double, false),
        ];
        var part =
            $"{string.Join(',', columns.Select(column => Identifier.Quote(column.Name)))}\n"
            + "-1,\"\",6b0f9a1e-0000-4000-8000-000000000001,2026-03-02,2026-03-02 01:02:03.000004,t,"
            + "2026-03-02 00:00:00+00,2026-03-02 01:00:00+00,f,1e-05\n";

        await PublishAsync(file, table, Run("score.1"), columns, part);

        var stored = await RowsAsync(file, "SELECT table_name, key_columns FROM trainyard.prediction_tables");
        Assert.Equal(
            "t\"; DROP SCHEMA trainyard; --|\"a\" integer, \"b \"\"; DROP TABLE trainyard.runs; --\" text, "
                + "\"c\" uuid, \"d\" date, \"e\" timestamp, \"f\" boolean",
            stored
        );
        Assert.Equal(
            "-1||6b0f9a1e-0000-4000-8000-000000000001|2026-03-02|2026-03-02 01:02:03.000004|t|1e-05",
            await RowsAsync(
                file,
                "SELECT * EXCLUDE (pipeline, cutoff, predicted_at, run, model, hindsight) FROM "
                    + "trainyard.\"t\"\"; DROP SCHEMA trainyard; --\""
            )
        );
    }

    [Fact]
    public async Task A_verdict_that_has_changed_is_corrected_whichever_model_publishes()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("score.1"), "1,0.1,f,f");
        var table = new PredictionsTable("flights_predictions", "flights", ModelTask.Binary, Flight);
        var request = Request(table, Run("score.2"), Columns(table), Part(Monday, ["1,0.2,f,f"]));

        await using var warehouse = Warehouse.Open(file.Uri);
        await warehouse.PublishAsync(
            request with
            {
                Model = request.Model with { Version = "train.2" },
                Verdicts =
                [
                    new("train.0", false, "It never published."),
                    new("train.1", false, "It was rolled back by ada: it's late"),
                    new("train.2", true, "It is better."),
                ],
            },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            "train.1|no|It was rolled back by ada: it's late\ntrain.2|yes|It is better.",
            await RowsAsync(
                file,
                "SELECT model, CASE WHEN promoted THEN 'yes' ELSE 'no' END, reason FROM trainyard.models ORDER BY model"
            )
        );
    }

    [Fact]
    public async Task A_table_of_another_shape_or_pipeline_is_78_and_stays()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("score.1"), "1,0.1,f,f");
        foreach (
            var (table, what) in new[]
            {
                (
                    new PredictionsTable(
                        "flights_predictions",
                        "flights",
                        ModelTask.Binary,
                        [new("flight_id", ColumnType.Text, false)]
                    ),
                    "has the key \"flight_id\" bigint, not \"flight_id\" text"
                ),
                (
                    new PredictionsTable("flights_predictions", "flights", ModelTask.Regression, Flight),
                    "holds predictions of the task binary, not regression"
                ),
                (
                    new PredictionsTable("flights_predictions", "trains", ModelTask.Binary, Flight),
                    "belongs to the pipeline 'flights', not 'trains'"
                ),
            }
        )
        {
            var fault = await Assert.ThrowsAsync<Fault>(() =>
                PublishAsync(file, table, Run("score.2"), Columns(table), "")
            );
            Assert.Equal(
                (
                    ExitCode.BadConfiguration,
                    $"The table trainyard.flights_predictions {what}: name a new predictions.table. Nothing "
                        + "was changed."
                ),
                (fault.Code, fault.Message)
            );
        }

        Assert.Equal("score.1", await RowsAsync(file, "SELECT run FROM trainyard.runs"));
    }

    [Fact]
    public async Task A_part_that_breaks_off_leaves_the_table_as_it_was()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("score.1"), "1,0.1,f,f", "2,0.2,f,f");
        var before = await RowsAsync(file, "SELECT * FROM trainyard.flights_predictions ORDER BY ALL");

        await Assert.ThrowsAsync<Fault>(() => PublishAsync(file, Run("score.1"), "1,0.5,f,f", "2,0.5"));
        var twice = await Assert.ThrowsAsync<Fault>(() => PublishAsync(file, Run("score.2"), "7,0.5,f,f", "7,0.5,f,f"));

        Assert.Equal(ExitCode.BadData, twice.Code);
        Assert.StartsWith(
            "trainyard.flights_predictions: Failed to append: PRIMARY KEY or UNIQUE constraint violation: "
                + "duplicate key ",
            twice.Message,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await RowsAsync(file, "SELECT * FROM trainyard.flights_predictions ORDER BY ALL"));
        Assert.Equal("score.1", await RowsAsync(file, "SELECT run FROM trainyard.runs"));
    }

    [Fact]
    public async Task A_first_publication_that_fails_leaves_no_schema()
    {
        using var file = new DuckDbFile();
        await Assert.ThrowsAsync<Fault>(() => PublishAsync(file, Run("score.1"), "1,0.5"));
        Assert.Equal(
            "",
            await RowsAsync(file, "SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'trainyard'")
        );
    }

    [Fact]
    public async Task A_run_does_not_change_its_model()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("score.1"), "1,0.1,f,f");
        var table = new PredictionsTable("flights_predictions", "flights", ModelTask.Binary, Flight);
        var request = Request(table, Run("score.1"), Columns(table), Part(Monday, ["1,0.1,f,f"]));
        await using var warehouse = Warehouse.Open(file.Uri);
        var fault = await Assert.ThrowsAsync<Fault>(() =>
            warehouse.PublishAsync(
                request with
                {
                    Model = request.Model with { Version = "train.2" },
                },
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(
            "The run 'score.1' has published with the model 'train.1' already, not with 'train.2': start a "
                + "new run. Nothing was changed.",
            fault.Message
        );
        Assert.Equal("train.1", await RowsAsync(file, "SELECT model FROM trainyard.models"));
    }

    [Theory]
    [InlineData(
        "runs",
        "id",
        ColumnType.BigInt,
        "The table 'runs' is one of Trainyard's own (later_migrations, lineage, migrations, models, "
            + "prediction_tables, run_outcomes, "
            + "run_steps, runs, trainings); name another. Nothing was changed."
    )]
    [InlineData(
        "t",
        "id",
        ColumnType.Numeric,
        "The key column 'id' is numeric, which identifies nothing for certain; cast it to bigint or text in the "
            + "query. Nothing was changed."
    )]
    [InlineData(
        "t",
        "Model",
        ColumnType.Text,
        "The key column 'Model' has the name of a column that every table of predictions has (pipeline, cutoff, "
            + "predicted_at, run, model, hindsight, probability, label); rename it in the query. Nothing was changed."
    )]
    [InlineData(
        "t",
        "xmin",
        ColumnType.Text,
        "The key column 'xmin' has the name of a system column of PostgreSQL's (cmax, cmin, ctid, tableoid, xmax, "
            + "xmin); rename it in the query. Nothing was changed."
    )]
    public void A_table_that_cannot_be_is_78(string name, string key, ColumnType type, string message)
    {
        var fault = Assert.Throws<Fault>(() =>
            new PredictionsTable(name, "flights", ModelTask.Binary, [new Column(key, type, false)])
        );
        Assert.Equal((ExitCode.BadConfiguration, message), (fault.Code, fault.Message));
    }

    [Theory]
    [MemberData(nameof(OddNames))]
    public async Task A_key_column_of_any_name_shows_every_row_in_both_views(string name)
    {
        using var file = new DuckDbFile();
        Column[] key = [new(name, ColumnType.Text, false), new("id", ColumnType.BigInt, false)];
        var table = new PredictionsTable("odd", "flights", ModelTask.Binary, key);
        var header = $"\"{name.Replace("\"", "\"\"")}\",id";
        var part = Part(Monday, ["a,1,0.1,f,f", "A,1,0.2,f,f", "b,2,0.3,f,f"]);

        await PublishAsync(file, table, Run("r"), Columns(table), part.Replace("flight_id", header));

        foreach (var view in new[] { "odd", "odd_current", "odd_newest" })
        {
            Assert.Equal(
                "0.1\n0.2\n0.3",
                await RowsAsync(file, $"SELECT probability FROM trainyard.{view} ORDER BY 1")
            );
        }

        await using var warehouse = Warehouse.Open(file.Uri);
        var first = await warehouse.FirstPredictionsAsync(
            "odd",
            "r",
            [name, "id"],
            9,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["A", "a", "b"], first.Rows.Select(row => row[0]));
    }

    public static TheoryData<string> OddNames =>
        [
            "#",
            "##",
            "#1",
            "1",
            "$1",
            "?",
            ":x",
            "a\"b",
            "*",
            "rowid",
            "select",
            "Customer ID",
            "預測",
            "lineage",
            "predictions",
            "runs",
            "published",
            "row_number",
            "a.b",
            "it's",
            "{{ from }}",
            "columns",
            "rows",
            "now()",
            "\\",
            "a,b",
            "x\ny",
        ];

    [Fact]
    public async Task A_key_is_published_whole()
    {
        using var file = new DuckDbFile();
        var table = new PredictionsTable("odd", "flights", ModelTask.Binary, [new("id", ColumnType.Text, false)]);
        var part = Part(Monday, ["a\0b,0.1,f,f", "a\0c,0.2,f,f"]).Replace("flight_id", "id");

        await PublishAsync(file, table, Run("r"), Columns(table), part);

        Assert.Equal(
            "610062|610063",
            await RowsAsync(file, "SELECT string_agg(hex(id), '|' ORDER BY id) FROM trainyard.odd")
        );
    }

    [Fact]
    public async Task A_stopped_publication_leaves_the_table_as_it_was()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Run("score.1"), "1,0.1,f,f");
        using var stop = new CancellationTokenSource();
        var table = new PredictionsTable("flights_predictions", "flights", ModelTask.Binary, Flight);
        var rows = Enumerable.Range(0, 50_000).Select(i => $"{i},0.5,f,f").ToArray();
        var request = Request(table, Run("score.1"), Columns(table), Part(Monday, rows)) with
        {
            Wrote = _ => stop.Cancel(),
        };
        await using var warehouse = Warehouse.Open(file.Uri);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => warehouse.PublishAsync(request, stop.Token));
        Assert.Equal(
            "1|0.1",
            await RowsAsync(file, "SELECT flight_id, probability FROM trainyard.flights_predictions")
        );
    }

    private static Task<PublishOutcome> PublishAsync(DuckDbFile file, PublishedRun run, params string[] rows) =>
        PublishAsync(file, run, Monday, rows);

    private static Task<PublishOutcome> PublishAsync(
        DuckDbFile file,
        PublishedRun run,
        DateTimeOffset cutoff,
        params string[] rows
    )
    {
        var table = new PredictionsTable("flights_predictions", "flights", ModelTask.Binary, Flight);
        return PublishAsync(file, table, run, Columns(table), Part(cutoff, rows));
    }

    private static async Task<PublishOutcome> PublishAsync(
        DuckDbFile file,
        PredictionsTable table,
        PublishedRun run,
        IReadOnlyList<Column> columns,
        string part
    )
    {
        await using var warehouse = Warehouse.Open(file.Uri);
        return await warehouse.PublishAsync(Request(table, run, columns, part), TestContext.Current.CancellationToken);
    }

    private static async Task<string> RowsAsync(DuckDbFile file, string sql)
    {
        await using var warehouse = Warehouse.Open(file.Uri);
        var table = await warehouse.QueryAsync(new Query(sql, "test"), TestContext.Current.CancellationToken);
        return string.Join('\n', table.Rows.Select(row => string.Join('|', row)));
    }
}
