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
            Arguments = [CliSettings.Folder],
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
                .SelectMany(trainer => RuleOf(trainer).Concat(SpaceOf(spec.ToDefinition().LearnedBy(trainer).Model)))
                .Select(line => $"# {line}\n")
        );

    private static IEnumerable<string> RuleOf(Trainer trainer) =>
        trainer.Rule.Count == 0
            ? []
            : trainer.Rule.Prepend(
                $"Options of {trainer} that are not said above follow the table when training, by this rule:"
            );

    private static IEnumerable<string> SpaceOf(ModelSpec model) =>
        model.Tune is null || SearchSpace.Of(model) is not { Count: > 0 } space
            ? []
            : space
                .Select(searched => searched.ToString())
                .Prepend($"Options of {model.Trainer} that tune searches, and between which values:");
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
