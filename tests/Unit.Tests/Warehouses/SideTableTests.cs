using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

public sealed class SideTableTests
{
    private static readonly PredictionsTable Table = new("flights_predictions", "flights", ModelTask.Binary, Flight);

    [Fact]
    public async Task Its_rows_are_published_with_the_predictions_and_replaced_with_them()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, "score.1", "1,0.9,t,f", "1,1,distance,100,0.5", "1,2,carrier,,-0.25");
        await PublishAsync(file, "score.2", "2,0.1,f,f", "2,1,distance,7,-1.5");
        Assert.Equal(
            "flights|1|2026-03-02 00:00:00+00|score.1|1|distance|100|0.5\n"
                + "flights|1|2026-03-02 00:00:00+00|score.1|2|carrier||-0.25\n"
                + "flights|2|2026-03-02 00:00:00+00|score.2|1|distance|7|-1.5",
            await RowsAsync(file, "SELECT * FROM trainyard.flights_predictions_reasons ORDER BY run, rank")
        );

        await PublishAsync(file, "score.1", "1,0.9,t,f", "1,1,carrier,UA,0.75");
        Assert.Equal(
            "score.1|carrier|0.75\nscore.2|distance|-1.5",
            await RowsAsync(
                file,
                "SELECT run, feature, contribution FROM trainyard.flights_predictions_reasons ORDER BY run"
            )
        );
    }

    [Fact]
    public async Task Its_view_shows_the_rows_of_the_predictions_that_are_current()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, "score.1", "1,0.9,t,f", "1,1,distance,100,0.5");
        await PublishAsync(file, "score.2", "1,0.8,t,f", "1,1,carrier,UA,0.25", "1,2,origin,EWR,0.125");
        await PublishAsync(file, "score.3", "2,0.8,t,t", "2,1,carrier,UA,0.25");
        Assert.Equal(
            "1|score.2|1|carrier\n1|score.2|2|origin",
            await RowsAsync(
                file,
                "SELECT flight_id, run, rank, feature FROM trainyard.flights_predictions_reasons_current ORDER BY rank"
            )
        );
    }

    [Fact]
    public async Task Nothing_stands_where_its_rows_are_wrong()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, "score.1", "1,0.9,t,f", "1,1,distance,100,0.5");
        foreach (var run in new[] { "score.1", "score.2" })
        {
            var twice = await Assert.ThrowsAsync<Fault>(() =>
                PublishAsync(file, run, "1,0.1,f,f", "1,1,distance,100,0.5", "1,1,carrier,UA,0.5")
            );
            Assert.Equal(ExitCode.BadData, twice.Code);
            Assert.StartsWith("trainyard.flights_predictions_reasons: ", twice.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<Fault>(() => PublishAsync(file, run, "1,0.1,f,f", "1,x,distance,100,0.5"));
        }

        Assert.Equal(
            "score.1|0.9",
            await RowsAsync(file, "SELECT run, probability FROM trainyard.flights_predictions")
        );
        Assert.Equal(
            "score.1|distance",
            await RowsAsync(file, "SELECT run, feature FROM trainyard.flights_predictions_reasons")
        );
    }

    [Fact]
    public async Task It_gets_columns_that_come_later_and_one_dropped_is_made_again()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, "score.1", "1,0.9,t,f", "1,1,distance,100,0.5");
        file.Execute(
            "DROP VIEW trainyard.flights_predictions_reasons_current",
            "ALTER TABLE trainyard.flights_predictions_reasons DROP COLUMN contribution",
            "CREATE VIEW trainyard.flights_predictions_reasons_current AS SELECT pipeline, flight_id, cutoff, run, "
                + "rank, feature, value FROM trainyard.flights_predictions_reasons"
        );
        await PublishAsync(file, "score.2", "2,0.9,t,f", "2,1,distance,100,0.5");
        Assert.Equal(
            "1|\n2|0.5",
            await RowsAsync(
                file,
                "SELECT flight_id, contribution FROM trainyard.flights_predictions_reasons_current ORDER BY 1"
            )
        );

        file.Execute("DROP TABLE trainyard.flights_predictions_reasons");
        Assert.Equal(
            new PublishOutcome(1, 0, "trainyard.flights_predictions_reasons"),
            await PublishAsync(file, "score.3", "3,0.9,t,f", "3,1,distance,100,0.5")
        );
        Assert.Equal("3", await RowsAsync(file, "SELECT flight_id FROM trainyard.flights_predictions_reasons_current"));
    }

    [Fact]
    public async Task Its_name_is_no_other_pipeline_s()
    {
        using var file = new DuckDbFile();
        await PublishAsync(file, "score.1", "1,0.9,t,f", "1,1,distance,100,0.5");
        var other = new PredictionsTable("flights_predictions_reasons", "flights", ModelTask.Binary, Flight);
        await using var warehouse = Warehouse.Open(file.Uri);
        var fault = await Assert.ThrowsAsync<Fault>(() =>
            warehouse.PublishAsync(
                Request(other, Run("score.2"), Columns(other), Part(Monday, [])),
                TestContext.Current.CancellationToken
            )
        );
        Assert.Equal(
            "The table trainyard.flights_predictions_reasons holds rows beside flights_predictions, not predictions of "
                + "the task binary: name a new predictions.table. Nothing was changed.",
            fault.Message
        );
    }

    [Theory]
    [InlineData(
        "t",
        "Rank",
        "The key column 'Rank' has the name of a column of the table 't_reasons' (pipeline, cutoff, run, rank, "
            + "feature, value, contribution); rename it in the query. Nothing was changed."
    )]
    [InlineData(
        "a_table_of_predictions_with_a_name_of_fortyeight",
        "id",
        "The table 'a_table_of_predictions_with_a_name_of_fortyeight' has a table "
            + "'a_table_of_predictions_with_a_name_of_fortyeight_reasons' beside it, whose name can have 55 bytes; "
            + "name a shorter predictions.table. Nothing was changed."
    )]
    public void One_that_cannot_be_is_78(string table, string key, string message)
    {
        var predictions = new PredictionsTable(table, "p", ModelTask.Binary, [new(key, ColumnType.BigInt, false)]);
        var fault = Assert.Throws<Fault>(() => Reasons(predictions));
        Assert.Equal((ExitCode.BadConfiguration, message), (fault.Code, fault.Message));
    }

    private static async Task<PublishOutcome> PublishAsync(
        DuckDbFile file,
        string run,
        string row,
        params string[] reasons
    )
    {
        await using var warehouse = Warehouse.Open(file.Uri);
        return await warehouse.PublishAsync(
            Request(Table, Run(run), Columns(Table), Part(Monday, [row])) with
            {
                Sides = [Side(Reasons(Table), reasons)],
            },
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
