using Trainyard.Hosting;
using Trainyard.Models.Data;
using Trainyard.Models.Evaluating;
using Trainyard.Models.Splits;
using Trainyard.Models.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>Learns, measures, packages, decides. A package that stands already is adopted: another attempt died, or
/// was faster.</summary>
internal static class TrainStep
{
    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        if (context.File.Kind != RunKind.Train)
        {
            throw Fault.Usage($"Run '{context.Run.Run}' is a score run: its next step is score. Nothing was changed.");
        }

        var extract = await context.Run.ReadManifestAsync(StepName.Extract, cancel);
        var features = await context.Run.ReadManifestAsync(StepName.Features, cancel);
        var package = new Package(context.Run.Store, context.Run.Pipeline, context.Run.Run);
        var decision = new Decision(context);
        var (card, champion, evaluator) = await package.Store.ExistsAsync($"{package.Root}/{Package.CardFile}", cancel)
            ? ((await package.ReadCardAsync(cancel)).Card, null, null)
            : await MakeAsync(context, package, decision, [extract, features], cancel);
        var verdict = await decision.WriteAsync(card, champion, evaluator, cancel);
        return Outcome.Of(card, verdict, [extract.AsInput, features.AsInput]);
    }

    private static async Task<(Card Card, string? Champion, Evaluator? Evaluator)> MakeAsync(
        StepContext context,
        Package package,
        Decision decision,
        IReadOnlyList<StandingManifest> inputs,
        CancellationToken cancel
    )
    {
        var (definition, dataset) = (
            context.File.Definition,
            inputs[1].Value.Dataset ?? throw Fault.BadData($"{inputs[1].Uri} lists no dataset. Start a new run.")
        );
        var layout = FrameLayout.Of(definition, dataset.Columns);
        if (layout.Label is null || layout.Features.Count == 0)
        {
            throw Fault.BadData(
                $"{inputs[1].Uri} lists no "
                    + $"{(layout.Label is null ? $"label '{definition.Label.Column}'" : "feature")}. Start a new "
                    + "run. Nothing was changed."
            );
        }

        await context.Run.Store.DemandWritableAsync(cancel);
        context.Progress.Start("Reading features", dataset.Rows);
        var frame = await FrameReader.ReadAsync(
            layout,
            dataset.Parts.Count,
            async (part, stop) =>
            {
                var stream = await context.Run.OpenPartAsync(StepName.Features, dataset.Parts[part], stop);
                context.Progress.AddBytesIn(dataset.Parts[part].Bytes);
                return (
                    stream,
                    context.Run.Store.UriOf(context.Run.NameOf(StepName.Features, dataset.Parts[part].File))
                );
            },
            context.Progress.AddRows,
            context.Threads,
            cancel
        );
        var split = Split.Of(definition, frame, context.File.Window?.To);

        // LightGBM cannot be interrupted, so it gets a thread that nobody waits for when the step is stopped.
        var trained = await Task.Run(
                () => Training.Run(definition, frame, split, context.Threads, what => context.Progress.Start(what)),
                cancel
            )
            .WaitAsync(cancel);
        context.Progress.Start("Measuring on the holdout", split.Holdout.Length);
        var (evaluator, evaluation) = await Task.Run(() => Measure(context, frame, split, trained, cancel), cancel);
        var (verdict, measured, champion) = await decision.DecideAsync(
            evaluator,
            evaluation,
            await decision.ReadLogAsync(cancel),
            cancel
        );

        context.Progress.Start("Writing the package");
        var files = await PackageFiles.WriteAsync(context, package, trained, frame, split, evaluator, cancel);
        var card = PackageFiles.CardOf(
            context,
            inputs,
            layout,
            frame,
            split,
            trained,
            measured,
            verdict,
            files,
            evaluator.Predictions
        );
        var (standing, _) = await package.WriteCardAsync(card, cancel);
        context.Changes.Made($"Model {standing.Version} is packaged: the same command goes on with it.");
        return (standing, champion, evaluator);
    }

    private static (Evaluator Evaluator, Evaluation Evaluation) Measure(
        StepContext context,
        Frame frame,
        Split split,
        TrainedModel trained,
        CancellationToken cancel
    )
    {
        var evaluator = new Evaluator(
            context.File.Definition,
            context.File.Operations.Gate.Resample,
            frame,
            split,
            trained,
            context.Threads,
            cancel
        );
        return (evaluator, evaluator.Evaluate(noChampionBecause: ""));
    }
}
