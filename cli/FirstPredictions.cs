using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary>The first predictions of a score run, for a person.</summary>
internal static class FirstPredictions
{
    private const int Most = 5;

    public static async Task WriteAsync(TextWriter output, RunFile run, string warehouseUri, CancellationToken cancel)
    {
        await using var warehouse = Warehouse.Open(warehouseUri);
        var table = await warehouse.FirstPredictionsAsync(
            run.Operations.Predictions.Table!,
            run.Run,
            run.Definition.Rows.Key,
            Most,
            cancel
        );
        var widths = table
            .Columns.Select((name, at) => table.Rows.Select(row => row[at].Length).Append(name.Length).Max())
            .ToList();
        await output.WriteLineAsync($"The first of them, in trainyard.{run.Operations.Predictions.Table}:");
        foreach (var row in table.Rows.Prepend(table.Columns))
        {
            await output.WriteLineAsync(
                "  " + string.Join("  ", row.Select((value, at) => value.PadRight(widths[at]))).TrimEnd()
            );
        }
    }
}
