using System.Globalization;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Extract;

/// <summary>A run that is frozen already is what it is: asked for as something else, it is 65.</summary>
internal static class StandingRun
{
    /// <summary>Checks a request against a run whose extract step is done.</summary>
    public static async Task CheckAsync(StepContext context, StandingManifest manifest, CancellationToken cancel)
    {
        var standing = await context.Run.ReadRunAsync(cancel);
        Demand(context, standing);
        if (!RunShape.Of(standing.Kind).NeedsModel)
        {
            var folder = PipelineFolder.Load(context.PipelineFolder);
            Demand(standing, folder.Spec.ToDefinition(), folder.HashedFiles());
        }
    }

    /// <summary>Demands that the run is of this definition. A run of a model keeps the one it has, whoever is champion
    /// now.</summary>
    public static void Demand(RunFile standing, Definition definition, IReadOnlyList<DefinitionFile> files)
    {
        if (!RunShape.Of(standing.Kind).NeedsModel && !standing.IsOf(definition, files))
        {
            throw Frozen(standing, "another definition: the spec, its SQL or the features have changed since");
        }
    }

    /// <summary>Demands that the run is of the kind, as-of, model and size that are asked for.</summary>
    public static void Demand(StepContext context, RunFile standing)
    {
        if (context.Get(ExtractSettings.Kind) is var kind && kind != standing.Kind)
        {
            throw Frozen(standing, $"the kind {EnumText.Of(standing.Kind)}, not {EnumText.Of(kind)}");
        }

        if (RunPlan.AsOfOf(context, standing.Definition.Clock) is var asOf && asOf != standing.AsOf)
        {
            throw Frozen(
                standing,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the as-of {standing.AsOf:yyyy-MM-ddTHH:mm:ssZ}, not {asOf:yyyy-MM-ddTHH:mm:ssZ}"
                )
            );
        }

        if (
            context.Get(ExtractSettings.Model) is { } model
            && model != ExtractSettings.Latest
            && model != standing.Model?.Version
        )
        {
            throw Frozen(standing, $"the model '{standing.Model?.Version}', not '{model}'");
        }

        if (context.Get(ExtractSettings.Limit) is var limit && limit != (standing.TrialLimit ?? 0))
        {
            throw Frozen(
                standing,
                standing.TrialLimit is { } rows ? $"a limit of {Counted.Of(rows, "row")}" : "no limit of rows"
            );
        }
    }

    private static Fault Frozen(RunFile standing, string with) =>
        Fault.BadData($"Run '{standing.Run}' is frozen with {with}. Start a new run. Nothing was changed.");
}
