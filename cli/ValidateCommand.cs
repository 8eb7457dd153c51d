using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard validate</c>: every mistake in a pipeline's folder at once.</summary>
internal static class ValidateCommand
{
    private static readonly Setting<string> Warehouse = CommonSettings.WarehouseBut(
        "The database to check columns against; without it they are not checked.",
        null
    );

    public static Command Create() =>
        new()
        {
            Name = "validate",
            Summary = "Reports every mistake in a pipeline's folder at once, with file, line, column and the fix.",
            Arguments = [CliSettings.Folder],
            Settings = [Warehouse, CommonSettings.Log],
            Examples = ["trainyard validate pipelines/flights --warehouse duckdb:warehouse.duckdb"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var pipeline = PipelineFolder.Load(invocation.Argument(CliSettings.PipelineArgument)!);
        if (invocation.Get(Warehouse) is not { } uri)
        {
            await invocation.Output.WriteLineAsync(
                $"{pipeline.Spec.Name}: no mistakes in the spec and its SQL. Columns were not checked: name a "
                    + "warehouse with --warehouse."
            );
            return ExitCode.Done;
        }

        await using var warehouse = Warehouses.Warehouse.Open(uri);
        await pipeline.CheckColumnsAsync(warehouse.DescribeAsync, cancel);
        await invocation.Output.WriteLineAsync(
            $"{pipeline.Spec.Name}: no mistakes in the spec, its SQL and its columns."
        );
        return ExitCode.Done;
    }
}
