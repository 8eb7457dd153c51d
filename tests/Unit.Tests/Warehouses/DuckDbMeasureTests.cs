using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

/// <summary>Measuring into a DuckDB file.</summary>
public sealed class DuckDbMeasureTests : MeasureContract, IDisposable
{
    private readonly DuckDbFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(
        "t",
        "Actual",
        "The key column 'Actual' has the name of the column of what really happened in the table 't_actuals'; rename "
            + "it in the query. Nothing was changed."
    )]
    [InlineData(
        "a_table_of_predictions_with_a_name_of_fifty_five_bytes_",
        "id",
        "The table 'a_table_of_predictions_with_a_name_of_fifty_five_bytes_' has a view "
            + "'a_table_of_predictions_with_a_name_of_fifty_five_bytes__outcomes' beside it, whose name can have 63 "
            + "bytes; name a shorter predictions.table. Nothing was changed."
    )]
    public void A_table_that_cannot_be_is_78(string table, string key, string message)
    {
        var predictions = new PredictionsTable(table, "p", ModelTask.Binary, [new(key, ColumnType.BigInt, false)]);
        var fault = Assert.Throws<Fault>(() =>
            new ActualsTable(predictions, new Column("late", ColumnType.Boolean, true), "day")
        );
        Assert.Equal((ExitCode.BadConfiguration, message), (fault.Code, fault.Message));
    }

    private protected override IWarehouse Open() => Warehouse.Open(_file.Uri);

    protected override Task ExecuteAsync(string sql)
    {
        _file.Execute(sql);
        return Task.CompletedTask;
    }
}
