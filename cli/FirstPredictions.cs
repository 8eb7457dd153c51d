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
    ) => await WriteAsync(invocation, run, await ReadAsync(run, warehouseUri, cancel));

    /// <summary>The same where a command has done what it was asked for: that they cannot be shown is a warning, and
    /// no end of its own.</summary>
    public static async Task TryWriteAsync(
        Invocation invocation,
        RunFile run,
        string warehouseUri,
        CancellationToken cancel
    )
    {
        TextTable table;
        try
        {
            table = await ReadAsync(run, warehouseUri, cancel);
        }
        catch (Exception problem) when (problem is not OutOfMemoryException && !cancel.IsCancellationRequested)
        {
            invocation.Warn($"The first predictions of run '{run.Run}' cannot be shown: {Failures.OutlineOf(problem)}");
            return;
        }

        await WriteAsync(invocation, run, table);
    }

    private static async Task<TextTable> ReadAsync(RunFile run, string warehouseUri, CancellationToken cancel)
    {
        await using var warehouse = Warehouse.Open(warehouseUri);
        return await warehouse.FirstPredictionsAsync(
            run.Operations.Predictions.Table!,
            run.Run,
            run.Definition.Rows.Key,
            run.Definition.Model.Task.AnswersOf(run.Definition.Model),
            Most,
            cancel
        );
    }

    private static async Task WriteAsync(Invocation invocation, RunFile run, TextTable table)
    {
        await invocation.Output.WriteLineAsync($"The first of them, in trainyard.{run.Operations.Predictions.Table}:");
        await Tables.WriteAsync(invocation, table.Columns, table.Rows, indent: "  ");
    }
}
