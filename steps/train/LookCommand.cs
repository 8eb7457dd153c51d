using Trainyard.Hosting;
using Trainyard.Models;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Train;

/// <summary><c>train look</c>: whether a model that was made elsewhere fits the spec beside it.</summary>
internal static class LookCommand
{
    public static Command Create() =>
        new()
        {
            Name = "look",
            Summary = "Looks into the model that a spec names; trainyard validate does that with all else.",
            Arguments = [ModelCommands.Folder],
            Settings = [CommonSettings.TimeLimit, CommonSettings.Log],
            Examples = ["train look pipelines/flights"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var pipeline = PipelineFolder.Load(invocation.Argument(ModelCommands.PipelineArgument)!);
        var definition = pipeline.Spec.ToDefinition();
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (_, name) in definition.Model.Options.Files)
        {
            files[name] = await File.ReadAllBytesAsync(Path.Combine(pipeline.Folder, name), cancel);
        }

        if (definition.Model.Trainer.MadeElsewhere)
        {
            BroughtModel.Demand(definition, files, cancel);
        }

        return ExitCode.Done;
    }
}
