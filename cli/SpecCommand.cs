using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard spec</c>: a pipeline's spec with every default filled in that does not depend on
/// the rows, and the rule of those that do.</summary>
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
                var spec = PipelineFolder.Load(invocation.Argument(CliSettings.PipelineArgument)!).Spec;
                await invocation.Output.WriteAsync(SpecYaml.Write(spec) + RulesOf(spec));
                return ExitCode.Done;
            },
        };

    /// <summary>As comments: what is not said above, and decided on when the rows are there.</summary>
    private static string RulesOf(Spec spec) =>
        string.Concat(
            spec.Model.Trainer.CandidatesFor(spec.ToDefinition())
                .Where(trainer => trainer.Rule.Count > 0)
                .SelectMany(trainer =>
                    trainer.Rule.Prepend(
                        $"Options of {trainer} that are not said above follow the table when training, by this rule:"
                    )
                )
                .Select(line => $"# {line}\n")
        );
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
