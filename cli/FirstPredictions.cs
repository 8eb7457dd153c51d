using Trainyard.Hosting;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary>The first predictions of a score run, for a person.</summary>
internal static class FirstPredictions
{
    private const int Most = 5;

    public static async Task WriteAsync(
        Invocation invocation,
        RunFile run,
        string warehouseUri,
        CancellationToken cancel
    )
    {
        await using var warehouse = Warehouse.Open(warehouseUri);
        var table = await warehouse.FirstPredictionsAsync(
            run.Operations.Predictions.Table!,
            run.Run,
            run.Definition.Rows.Key,
            Most,
            cancel
        );
        await invocation.Output.WriteLineAsync($"The first of them, in trainyard.{run.Operations.Predictions.Table}:");
        await Tables.WriteAsync(invocation, table.Columns, table.Rows, indent: "  ");
    }
}
