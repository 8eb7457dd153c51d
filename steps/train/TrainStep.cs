using Trainyard.Hosting;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>Learns, measures, packages, decides. A package that stands already is adopted: another attempt died, or
/// was faster. What to decide about it is only found out then, under the log as it is.</summary>
internal static class TrainStep
{
    public static async Task<StepOutcome> RunAsync(StepContext context, CancellationToken cancel)
    {
        var extract = await context.Run.ReadManifestAsync(StepName.Extract, cancel);
        var features = await context.Run.ReadManifestAsync(StepName.Features, cancel);
        var package = new Package(context.Run.Store, context.Run.Pipeline, context.Run.Run);
        var (card, measured) = await package.Store.ExistsAsync($"{package.Root}/{Package.CardFile}", cancel)
            ? ((await package.ReadCardAsync(cancel)).Card, null)
            : await MakeAsync(context, package, extract, features, cancel);
        var decided = await new Decision(
            context,
            card,
            async () => measured ?? await MeasureAgainAsync(context, package, card, features, cancel)
        ).DecideAsync(cancel);
        return Outcome.Of(card, decided, [extract.AsInput, features.AsInput]);
    }

    /// <returns>The card as it stands, and who has measured the model; null where it is another attempt's.</returns>
    private static async Task<(Card Card, Evaluator? Evaluator)> MakeAsync(
        StepContext context,
        Package package,
        StandingManifest extract,
        StandingManifest features,
        CancellationToken cancel
    )
    {
        var definition = context.File.Definition;
        var (layout, frame, split) = await ReadAsync(context, features, cancel);

        // Fits stop between two trees. Nobody waits for a tree of a large table, or for encoding it, when the step is
        // stopped.
        var trained = await Task.Run(
                () =>
                    Training.Run(
                        definition,
                        frame,
                        split,
                        context.Threads,
                        what => context.Progress.Start(what),
                        cancel,
                        context.Progress
                    ),
                cancel
            )
            .WaitAsync(cancel);
        trained = await Naming.NameAsync(context, frame, trained, cancel);
        context.Progress.Start("Measuring on the holdout", split.Holdout.Length);
        var bounds = split.Card.Bounds;
        var looks = await new TryLog(context.Run).CountLooksAsync(bounds?.HoldoutAfter, bounds?.HoldoutEnds, cancel);
        var (evaluator, evaluation, served, insights) = await Task.Run(
            () =>
            {
                var measured = EvaluatorOf(context, frame, split, trained, cancel);
                var evaluated = measured.Evaluate() with
                {
                    BaselineColumn = context.File.Operations.Gate.Baseline,
                    Looks = looks == 0 ? null : looks,
                };
                return (measured, evaluated, measured.Served(evaluated), measured.Explain(evaluated));
            },
            cancel
        );

        if (evaluation.RowOrder is { } order)
        {
            context.Warn(order.Sentence());
        }

        context.Progress.Start("Writing the package");
        var made = new PackageFiles(context, frame, split, trained, evaluator, served);
        var files = await made.WriteAsync(package, cancel);
        var card = made.CardOf([extract, features], layout, evaluation, insights, files, cancel);
        var (standing, _) = await package.WriteCardAsync(card, cancel);
        context.Changes.Made($"Model {standing.Version} is packaged: the same command goes on with it.");
        return (standing, standing.Files.SequenceEqual(files) ? evaluator : null);
    }

    /// <summary>Measures the measured fit of a package that stood already.</summary>
    private static async Task<Evaluator> MeasureAgainAsync(
        StepContext context,
        Package package,
        Card card,
        StandingManifest features,
        CancellationToken cancel
    )
    {
        var model = await LoadedPackage.LoadMeasuredAsync(package, card, cancel);
        var (_, frame, split) = await ReadAsync(context, features, cancel);
        var trained = new TrainedModel
        {
            Encoder = model.Encoder,
            Model = model,
            Trainer = card.Trainer,
            Size = card.Trees,
            Reading = Reading.Of(card),
        };
        return await Task.Run(() => EvaluatorOf(context, frame, split, trained, cancel), cancel);
    }

    private static async Task<TrainRows> ReadAsync(
        StepContext context,
        StandingManifest features,
        CancellationToken cancel
    )
    {
        await context.Run.Store.DemandWritableAsync(cancel);
        return await TrainRows.ReadAsync(
            context.Run,
            context.File,
            features,
            context.Progress,
            context.Threads,
            cancel
        );
    }

    private static Evaluator EvaluatorOf(
        StepContext context,
        Frame frame,
        Split split,
        TrainedModel trained,
        CancellationToken cancel
    ) =>
        new(
            context.File.Definition.LearnedBy(trained.Trainer),
            context.File.Operations.Gate.Resample,
            frame,
            split,
            trained,
            context.Threads,
            cancel
        );
}
