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
        if (invocation.Get(Warehouse) is { } uri)
        {
            await using var warehouse = Warehouses.Warehouse.Open(uri);
            await pipeline.CheckColumnsAsync(warehouse.DescribeAsync, cancel);
        }

        // Whoever mends columns may have to mend the model after them, so it comes last.
        var (looked, model) = await LookAsync(pipeline, invocation, cancel);
        if (looked != ExitCode.Done)
        {
            return looked;
        }

        if (invocation.Get(Warehouse) is null)
        {
            await invocation.Output.WriteLineAsync(
                $"{pipeline.Spec.Name}: no mistakes in the spec and its SQL.{model} Columns were not checked: name a "
                    + "warehouse with --warehouse."
            );
            return ExitCode.Done;
        }

        await invocation.Output.WriteLineAsync(
            $"{pipeline.Spec.Name}: no mistakes in the spec, its SQL and its columns.{model}"
        );
        return ExitCode.Done;
    }

    /// <summary>Looks into a model that was made elsewhere, which the program train does that can load it.</summary>
    /// <returns>What came of it, as a sentence behind others.</returns>
    private static async Task<(ExitCode Code, string Sentence)> LookAsync(
        PipelineFolder pipeline,
        Invocation invocation,
        CancellationToken cancel
    )
    {
        const string unseen = " The model was not looked into, which is done when it is trained:";
        return !pipeline.Spec.Model.Trainer.MadeElsewhere ? (ExitCode.Done, "")
            : pipeline.Spec.Features.Assembly is not null
                ? (ExitCode.Done, $"{unseen} C# features are known when they are made.")
            : StepProcess.Find(StepName.Train) is null
                ? (ExitCode.Done, $"{unseen} the program train is not beside this one.")
            : (
                await StepProcess.PassAsync(StepName.Train, ["look", pipeline.Folder], invocation, cancel),
                " The model fits them."
            );
    }
}
