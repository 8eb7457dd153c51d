using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>What publishing does in any warehouse. Each test has a warehouse of its own, which is empty.</summary>
public abstract class PublishContract
{
    private const string First =
        "SELECT flight_id, run, model, probability, predicted, hindsight FROM trainyard.flights_predictions ORDER "
        + "BY run, flight_id";

    private protected static readonly PredictionsTable Table = new(
        "flights_predictions",
        "flights",
        ModelTask.Binary,
        Flight
    );

    /// <summary>What the table of migrations lists: number and name.</summary>
    protected abstract string[] Scripts { get; }

    [Fact]
    public async Task Predictions_are_there_with_everything_they_came_from()
    {
        Assert.Equal(
            new PublishOutcome(2, 0),
            await PublishAsync(Run("score.1"), "1,0.25,f,f", "9007199254740993,0.75,t,t")
        );

        Assert.Equal(
            [
                "flights|1|2026-03-02 00:00:00+00|2026-03-02 01:00:00+00|score.1|train.1|f|0.25|f|f",
                "flights|9007199254740993|2026-03-02 00:00:00+00|2026-03-02 01:00:00+00|score.1|train.1|t|0.75|t|t",
            ],
            await QueryAsync("SELECT * FROM trainyard.flights_predictions ORDER BY flight_id")
        );
        Assert.Equal(
            [
                "1|score.1|train.1|2026-02-27 "
                    + "00:00:00+00|store/flights/runs/train.1/extract/manifest.json|SELECT 1 WHERE {{ from }} < {{ "
                    + "to }}|step-train:1|2",
            ],
            await QueryAsync(
                """
                SELECT flight_id, run, model, learned_through, training_data, sql, model_image, runs."rows"
                FROM trainyard.flights_predictions JOIN trainyard.lineage USING (pipeline, run)
                    JOIN trainyard.runs AS runs USING (pipeline, run, model)
                WHERE flight_id = 1
                """
            )
        );
        Assert.Equal(
            ["score.1|score|1.5|4096"],
            await QueryAsync("SELECT run, step, seconds, peak_memory_bytes FROM trainyard.run_steps")
        );
        Assert.Equal(Scripts, await QueryAsync("SELECT number, name FROM trainyard.migrations ORDER BY number"));
    }

    [Fact]
    public async Task Publishing_again_replaces_the_run_s_own_rows_and_no_others()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f", "2,0.2,f,f");
        await PublishAsync(Run("score.2"), "1,0.9,t,f");
        Assert.Equal(
            new PublishOutcome(2, 2),
            await PublishAsync(Run("score.1") with { PublishedAt = Monday.AddDays(1) }, "2,0.22,f,f", "3,0.3,f,f")
        );

        Assert.Equal(
            ["2|score.1|train.1|0.22|f|f", "3|score.1|train.1|0.3|f|f", "1|score.2|train.1|0.9|t|f"],
            await QueryAsync(First)
        );
        Assert.Equal(
            ["score.1|2026-03-02 02:00:00+00", "score.2|2026-03-02 02:00:00+00"],
            await QueryAsync("SELECT run, published_at FROM trainyard.runs ORDER BY run")
        );
    }

    [Fact]
    public async Task A_table_that_was_dropped_by_hand_is_made_again()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        await ExecuteAsync("DROP TABLE trainyard.flights_predictions CASCADE");
        Assert.Equal(
            new PublishOutcome(1, 0, "trainyard.flights_predictions"),
            await PublishAsync(Run("score.2"), "1,0.9,t,f")
        );
        Assert.Equal(new PublishOutcome(1, 1), await PublishAsync(Run("score.2"), "1,0.9,t,f"));

        // The views are there again, and what the earlier run was is not forgotten.
        Assert.Equal(
            ["1|score.2"],
            await QueryAsync("SELECT flight_id, run FROM trainyard.flights_predictions_newest")
        );
        Assert.Equal(["score.1", "score.2"], await QueryAsync("SELECT run FROM trainyard.runs ORDER BY 1"));
    }

    [Fact]
    public async Task Keys_keep_their_types()
    {
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

        await PublishAsync(Request(table, Run("score.1"), columns, part));

        Assert.Equal(
            [
                "t\"; DROP SCHEMA trainyard; --|\"a\" integer, \"b \"\"; DROP TABLE trainyard.runs; --\" text, "
                    + "\"c\" uuid, \"d\" date, \"e\" timestamp, \"f\" boolean",
            ],
            await QueryAsync("SELECT table_name, key_columns FROM trainyard.prediction_tables")
        );
        Assert.Equal(
            ["-1||6b0f9a1e-0000-4000-8000-000000000001|2026-03-02|2026-03-02 01:02:03.000004|t|1e-05"],
            await QueryAsync(
                "SELECT a, \"b \"\"; DROP TABLE trainyard.runs; --\", c, d, e, f, value FROM "
                    + "trainyard.\"t\"\"; DROP SCHEMA trainyard; --\""
            )
        );
    }

    [Fact]
    public async Task A_verdict_that_has_changed_is_corrected_whichever_model_publishes()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        var request = Request(Table, Run("score.2"), Columns(Table), Part(Monday, ["1,0.2,f,f"]));

        await PublishAsync(
            request with
            {
                Model = request.Model with { Version = "train.2" },
                Verdicts =
                [
                    new("train.0", false, "It never published."),
                    new("train.1", false, "It was rolled back by ada: it's late"),
                    new("train.2", true, "It is better."),
                ],
            }
        );

        Assert.Equal(
            ["train.1|f|It was rolled back by ada: it's late", "train.2|t|It is better."],
            await QueryAsync("SELECT model, promoted, reason FROM trainyard.models ORDER BY model")
        );
    }

    [Fact]
    public async Task What_breaks_off_or_is_stopped_leaves_the_table_as_it_was()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f", "2,0.2,f,f");
        var before = await QueryAsync(First);

        await Assert.ThrowsAsync<Fault>(() => PublishAsync(Run("score.1"), "1,0.5,f,f", "2,0.5"));
        var twice = await Assert.ThrowsAsync<Fault>(() => PublishAsync(Run("score.2"), "7,0.5,f,f", "7,0.5,f,f"));
        Assert.Equal(ExitCode.BadData, twice.Code);
        AssertNamesTheConstraint(twice.Message);

        using var stop = new CancellationTokenSource();
        var rows = Enumerable.Range(0, 50_000).Select(i => $"{i},0.5,f,f").ToArray();
        var request = Request(Table, Run("score.1"), Columns(Table), Part(Monday, rows)) with
        {
            Wrote = _ => stop.Cancel(),
        };
        await using var warehouse = Open();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => warehouse.PublishAsync(request, stop.Token));

        Assert.Equal(before, await QueryAsync(First));
        Assert.Equal(["score.1"], await QueryAsync("SELECT run FROM trainyard.runs"));
        await AssertNothingGoesOnAsync();
    }

    private protected abstract IWarehouse Open();

    /// <summary>The rows of a query, with bars between their fields.</summary>
    protected virtual async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var warehouse = Open();
        var table = await warehouse.QueryAsync(new Query(sql, "test"), TestContext.Current.CancellationToken);
        return [.. table.Rows.Select(row => string.Join('|', row))];
    }

    protected abstract Task ExecuteAsync(string sql);

    /// <summary>The message about two rows of one key.</summary>
    protected abstract void AssertNamesTheConstraint(string message);

    /// <summary>That a publication that was stopped has left nothing at work.</summary>
    protected virtual Task AssertNothingGoesOnAsync() => Task.CompletedTask;

    private protected Task<PublishOutcome> PublishAsync(PublishedRun run, params string[] rows) =>
        PublishAsync(run, Monday, rows);

    private protected Task<PublishOutcome> PublishAsync(
        PublishedRun run,
        DateTimeOffset cutoff,
        params string[] rows
    ) => PublishAsync(Request(Table, run, Columns(Table), Part(cutoff, rows)));

    private protected async Task<PublishOutcome> PublishAsync(PublishRequest request)
    {
        await using var warehouse = Open();
        return await warehouse.PublishAsync(request, TestContext.Current.CancellationToken);
    }
}
