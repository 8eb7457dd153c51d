using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard spec</c>: a pipeline's spec with every default filled in.</summary>
internal static class SpecCommand
{
    public static Command Create() =>
        new()
        {
            Name = "spec",
            Summary = "Prints a pipeline's spec with every default filled in.",
            Arguments = [new(CliSettings.PipelineArgument, "The pipeline's folder.")],
            Settings = [CommonSettings.Log],
            Examples = ["trainyard spec pipelines/flights"],
            RunAsync = async (invocation, _) =>
            {
                await invocation.Output.WriteAsync(
                    SpecYaml.Write(PipelineFolder.Load(invocation.Argument(CliSettings.PipelineArgument)!).Spec)
                );
                return ExitCode.Done;
            },
        };
}

/// <summary><c>trainyard schema</c>: the JSON Schema of a spec, for <c>make schema</c>.</summary>
internal static class SchemaCommand
{
    public static Command Create() =>
        new()
        {
            Name = "schema",
            Summary = "Prints the JSON Schema of pipeline.yaml.",
            IsHidden = true,
            RunAsync = async (invocation, _) =>
            {
                await invocation.Output.WriteAsync(PipelineSchema.Json);
                return ExitCode.Done;
            },
        };
}
