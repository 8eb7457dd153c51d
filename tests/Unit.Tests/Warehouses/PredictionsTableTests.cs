using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>Names of tables and key columns: those that cannot be, and odd ones that can.</summary>
public sealed class PredictionsTableTests : IDisposable
{
    private readonly DuckDbFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(
        "runs",
        "id",
        ColumnType.BigInt,
        "The table 'runs' is one of Trainyard's own (input_moves, later_migrations, lineage, live_metrics, "
            + "measured_runs, measured_tables, migrations, models, prediction_tables, run_outcomes, "
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
        Column[] key = [new(name, ColumnType.Text, false), new("id", ColumnType.BigInt, false)];
        var table = new PredictionsTable("odd", "flights", ModelTask.Binary, key);
        var header = $"\"{name.Replace("\"", "\"\"")}\",id";
        var part = Part(Monday, ["a,1,0.1,f,f", "A,1,0.2,f,f", "b,2,0.3,f,f"]);

        await PublishAsync(Request(table, Run("r"), Columns(table), part.Replace("flight_id", header)));

        foreach (var view in new[] { "odd", "odd_current", "odd_newest" })
        {
            Assert.Equal("0.1\n0.2\n0.3", await RowsAsync($"SELECT probability FROM trainyard.{view} ORDER BY 1"));
        }

        await using var warehouse = Open();
        var first = await warehouse.FirstPredictionsAsync(
            "odd",
            "r",
            [name, "id"],
            ModelTask.Binary.AnswerColumns,
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
            "side",
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
        var table = new PredictionsTable("odd", "flights", ModelTask.Binary, [new("id", ColumnType.Text, false)]);
        var part = Part(Monday, ["a\0b,0.1,f,f", "a\0c,0.2,f,f"]).Replace("flight_id", "id");

        await PublishAsync(Request(table, Run("r"), Columns(table), part));

        Assert.Equal(
            "610062|610063",
            await RowsAsync("SELECT string_agg(hex(id), '|' ORDER BY id) FROM trainyard.odd")
        );
    }

    private IWarehouse Open() => Warehouse.Open(_file.Uri);

    private async Task PublishAsync(PublishRequest request)
    {
        await using var warehouse = Open();
        await warehouse.PublishAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<string> RowsAsync(string sql)
    {
        await using var warehouse = Open();
        var table = await warehouse.QueryAsync(new Query(sql, "test"), TestContext.Current.CancellationToken);
        return string.Join('\n', table.Rows.Select(row => string.Join('|', row)));
    }
}
