using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>Publishing into a DuckDB file; and what one warehouse is enough to show, for it is the cheaper
/// one.</summary>
public sealed class DuckDbPublishTests : PublishContract, IDisposable
{
    private readonly DuckDbFile _file = new();

    protected override string[] Scripts => ["1|0001_trainyard.sql"];

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Current_is_the_last_published_without_hindsight_and_overrides_and_newest_the_last_cutoff()
    {
        await PublishAsync(Run("a"), "1,0.1,f,f", "2,0.2,f,t", "3,0.3,f,f");
        await PublishAsync(Run("b") with { PublishedAt = Monday.AddHours(3) }, "1,0.11,f,f");
        await PublishAsync(
            Run("c") with
            {
                PublishedAt = Monday.AddHours(4),
                ModelOverride = true,
            },
            "1,0.99,t,f",
            "4,0.4,f,f"
        );
        await PublishAsync(
            Run("d") with
            {
                PublishedAt = Monday.AddHours(5),
                AsOf = Monday.AddDays(1),
            },
            Monday.AddDays(1),
            "3,0.33,f,f"
        );
        await PublishAsync(
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
                "SELECT flight_id, cutoff, run, probability FROM trainyard.flights_predictions_current ORDER BY ALL"
            )
        );
        Assert.Equal(
            "1|b|0.11\n3|d|0.33",
            await RowsAsync("SELECT flight_id, run, probability FROM trainyard.flights_predictions_newest ORDER BY ALL")
        );
    }

    [Fact]
    public async Task The_first_predictions_of_a_run_are_shown_in_the_order_of_their_keys()
    {
        await PublishAsync(Run("it's"), "3,0.3,f,f", "1,0.1,f,f", "2,0.2,t,f");
        await PublishAsync(Run("other"), "0,0.9,t,f");
        await using var warehouse = Open();
        var table = await warehouse.FirstPredictionsAsync(
            "flights_predictions",
            "it's",
            ["flight_id"],
            ModelTask.Binary.AnswerColumns,
            most: 2,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(
            ["flight_id", "cutoff", "predicted_at", "model", "hindsight", "probability", "predicted"],
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
    public async Task A_table_of_another_shape_or_pipeline_is_78_and_stays()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
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
                    "holds predictions of the task binary, not predictions of the task regression"
                ),
                (
                    new PredictionsTable("flights_predictions", "trains", ModelTask.Binary, Flight),
                    "belongs to the pipeline 'flights', not 'trains'"
                ),
            }
        )
        {
            var fault = await Assert.ThrowsAsync<Fault>(() =>
                PublishAsync(Request(table, Run("score.2"), Columns(table), ""))
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

        Assert.Equal("score.1", await RowsAsync("SELECT run FROM trainyard.runs"));
    }

    [Fact]
    public async Task A_first_publication_that_fails_leaves_no_schema()
    {
        await Assert.ThrowsAsync<Fault>(() => PublishAsync(Run("score.1"), "1,0.5"));
        Assert.Equal(
            "",
            await RowsAsync("SELECT schema_name FROM information_schema.schemata WHERE schema_name = 'trainyard'")
        );
    }

    [Fact]
    public async Task A_run_does_not_change_its_model()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        var table = new PredictionsTable("flights_predictions", "flights", ModelTask.Binary, Flight);
        var request = Request(table, Run("score.1"), Columns(table), Part(Monday, ["1,0.1,f,f"]));
        await using var warehouse = Open();
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
        Assert.Equal("train.1", await RowsAsync("SELECT model FROM trainyard.models"));
    }

    private protected override IWarehouse Open() => Warehouse.Open(_file.Uri);

    protected override Task ExecuteAsync(string sql)
    {
        _file.Execute(sql);
        return Task.CompletedTask;
    }

    protected override void AssertNamesTheConstraint(string message) =>
        Assert.StartsWith(
            "trainyard.flights_predictions: Failed to append: PRIMARY KEY or UNIQUE constraint violation: "
                + "duplicate key ",
            message,
            StringComparison.Ordinal
        );

    private async Task<string> RowsAsync(string sql) => string.Join('\n', await QueryAsync(sql));
}
