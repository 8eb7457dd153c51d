using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>What a task publishes has got another name: <c>label</c> of 1.0 is <c>predicted</c>, and both for a
/// while.</summary>
public sealed class AnswerColumnTests
{
    private static readonly PredictionsTable Table = new("flights_predictions", "flights", ModelTask.Binary, Flight);

    [Fact]
    public async Task A_DuckDB_table_of_1_0_stays_as_it_is_and_its_views_show_what_is_predicted()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Table, "score.0");
        file.Execute([
            .. FirstReleaseTable(
                "PRIMARY KEY (run, flight_id, cutoff), FOREIGN KEY (pipeline, run) REFERENCES trainyard.runs "
                    + "(pipeline, run), FOREIGN KEY (pipeline, model) REFERENCES trainyard.models (pipeline, model)"
            ),
            "INSERT INTO trainyard.flights_predictions VALUES ('flights', 1, '2026-03-01 00:00:00+00', "
                + "'2026-03-01 01:00:00+00', 'score.0', 'train.1', false, 0.75, true)",
            "CREATE VIEW mine AS SELECT flight_id, label FROM trainyard.flights_predictions_newest",
        ]);

        foreach (var run in new[] { "score.1", "score.1", "score.2" })
        {
            await PublishAsync(file, Table, run, "2,0.25,f,f", "3,0.9,t,f");
        }

        // As the appender of 1.0 sees it.
        Assert.Equal(
            FirstReleaseColumns,
            await RowsAsync(
                file,
                "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns "
                    + "WHERE table_name = 'flights_predictions'"
            )
        );
        foreach (var view in new[] { "current", "newest" })
        {
            Assert.Equal(
                "1|t|t\n2|f|f\n3|t|t",
                await RowsAsync(
                    file,
                    $"SELECT flight_id, label, predicted FROM trainyard.flights_predictions_{view} ORDER BY ALL"
                )
            );
        }

        Assert.Equal("1|t\n2|f\n3|t", await RowsAsync(file, "SELECT * FROM mine ORDER BY ALL"));
    }

    [Fact]
    public async Task A_DuckDB_table_of_now_has_no_more_stored_columns_than_1_0_fills()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, Table, "score.1", "2,0.25,f,f", "3,0.9,t,f");
        file.Execute(
            $"INSERT INTO trainyard.flights_predictions ({FirstReleaseColumns}) VALUES ('flights', 1, "
                + "'2026-03-01 00:00:00+00', '2026-03-01 01:00:00+00', 'score.1', 'train.1', false, 0.75, true)"
        );
        Assert.Equal(
            "1|t|t\n2|f|f\n3|t|t",
            await RowsAsync(file, "SELECT flight_id, label, predicted FROM trainyard.flights_predictions ORDER BY ALL")
        );
    }

    [Theory]
    [InlineData("predicted")]
    [InlineData("PREDICTED")]
    public async Task A_key_column_of_that_name_stays_and_the_answer_keeps_its_former_name(string name)
    {
        using var file = new DuckDbFile();
        var table = new PredictionsTable("t", "flights", ModelTask.Binary, [new(name, ColumnType.BigInt, false)]);
        Assert.Equal(["probability", "label"], table.TaskColumns.Select(column => column.Name));
        Assert.Equal(["predicted"], table.Displaced.Select(answer => answer.Name));

        await using var warehouse = Warehouse.Open(file.Uri);
        var part = Part(Monday, ["7,0.9,t,f"])
            .Replace("predicted,", "label,", StringComparison.Ordinal)
            .Replace("flight_id", name, StringComparison.Ordinal);
        foreach (var _ in new[] { 1, 2 })
        {
            await warehouse.PublishAsync(
                Request(table, Run("score.1"), Columns(table), part),
                TestContext.Current.CancellationToken
            );
        }

        Assert.Equal("7|0.9|t", await RowsAsync(file, $"SELECT {name}, probability, label FROM trainyard.t_newest"));
        var first = await warehouse.FirstPredictionsAsync(
            "t",
            "score.1",
            [name],
            ModelTask.Binary.AnswerColumns,
            9,
            TestContext.Current.CancellationToken
        );
        Assert.Equal([name, "cutoff", "predicted_at", "model", "hindsight", "probability", "label"], first.Columns);
    }

    [Fact]
    public async Task Parts_of_1_0_and_of_now_are_published_together()
    {
        using var file = new DuckDbFile();
        await using var warehouse = Warehouse.Open(file.Uri);
        var request = Request(Table, Run("score.1"), Columns(Table), Part(Monday, ["1,0.9,t,f"]));
        var old = Request(Table, Run("score.1"), Columns(Table), "") with
        {
            Parts = request.Parts.Append(
                new PredictionPart(
                    new MemoryStream(
                        System.Text.Encoding.UTF8.GetBytes(
                            Part(Monday, ["2,0.8,t,f"]).Replace("predicted,", "label,", StringComparison.Ordinal)
                        )
                    ),
                    "part-1.csv"
                )
            ),
        };
        await warehouse.PublishAsync(old, TestContext.Current.CancellationToken);
        Assert.Equal(
            "1|t|t\n2|t|t",
            await RowsAsync(file, "SELECT flight_id, label, predicted FROM trainyard.flights_predictions ORDER BY ALL")
        );
    }

    private static async Task PublishAsync(DuckDbFile file, PredictionsTable table, string run, params string[] rows)
    {
        await using var warehouse = Warehouse.Open(file.Uri);
        await warehouse.PublishAsync(
            Request(table, Run(run), Columns(table), Part(Monday, rows)),
            TestContext.Current.CancellationToken
        );
    }

    private static async Task<string> RowsAsync(DuckDbFile file, string sql)
    {
        await using var warehouse = Warehouse.Open(file.Uri);
        var table = await warehouse.QueryAsync(new Query(sql, "test"), TestContext.Current.CancellationToken);
        return string.Join('\n', table.Rows.Select(row => string.Join('|', row)));
    }
}
