using Trainyard.Hosting;
using Trainyard.Learning.Data;
using Trainyard.Learning.Drift;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Models.Packaging;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>What goes into a package.</summary>
/// <param name="evaluator">Knows what the measured fit answers for the holdout.</param>
/// <param name="served">What is known of the fit that answers; null where the measured one does.</param>
internal sealed class PackageFiles(
    StepContext context,
    Frame frame,
    Split split,
    TrainedModel trained,
    Evaluator evaluator,
    ServedFit? served
)
{
    public async Task<IReadOnlyList<StoredFile>> WriteAsync(Package package, CancellationToken cancel)
    {
        var writer = new PackageWriter(package, context.NewName);
        await WriteFitAsync(writer, FitFiles.Measured, trained, cancel);
        if (trained.Model.Calibrator is { } calibrator)
        {
            await writer.WriteAsync(FitFiles.Calibrator, "json", Documents.Bytes(calibrator), cancel);
        }

        if (served is not null && split.Served is { } learned)
        {
            await WriteFitAsync(writer, FitFiles.Served, trained.Served!, cancel);
            if (learned.Through is null)
            {
                var keys = LearnedKeys.Of(frame, learned.Rows);
                await writer.WriteAsync(FitFiles.LearnedKeys, "bin", keys.Save(), cancel);
            }
        }

        if (RowBlocks.Of(context.File.Definition, context.File.Window, frame) is { } blocks)
        {
            var known = blocks.Known(frame, (trained.Served ?? trained).Encoder, context.Threads, cancel);
            await writer.WriteAsync(KnownBlocks.Stem, "json", Documents.Bytes(known), cancel);
        }

        foreach (var file in context.File.DefinitionFiles)
        {
            await writer.CopyDefinitionAsync(context.Run, file, cancel);
        }

        context.Progress.AddBytesOut(writer.Files.Sum(file => file.Bytes));
        return writer.Files;
    }

    public Card CardOf(
        IReadOnlyList<StandingManifest> inputs,
        FrameLayout layout,
        Evaluation evaluation,
        IReadOnlyList<Exhibit> insights,
        IReadOnlyList<StoredFile> files,
        CancellationToken cancel
    ) =>
        CardExhibits.Of(
            new()
            {
                Format = Documents.FormatOf<Card>("1.1.0", SpecForm.VersionOf(context.File.Definition)),
                Pipeline = context.Run.Pipeline,
                Version = context.Run.Run,
                AsOf = context.File.AsOf,
                TrainedAt = context.Time.GetUtcNow(),
                LearnedThrough = split.Served is { } learned ? learned.Through : split.LearnedThrough,
                Served = served,
                Definition = context.File.Definition,
                DefinitionHash = context.File.DefinitionHash,
                ComparableHash = context.File.ComparableHash(),
                Producer = context.Producer,
                Files = files,
                Inputs = [.. inputs.Select(input => input.AsInput)],
                Profile = Profiles.Of(
                    frame,
                    split.Served?.Rows ?? split.Learned,
                    layout.Columns,
                    context.Threads,
                    cancel
                ),
                Features = layout.Features,
                Split = split.Card,
                Options = trained.Options is { } options ? LearnedOptions.Of(options) : null,
                Trainer = trained.Trainer,
                Tried = trained.Tried,
                Trials = trained.Trials,
                Trees = trained.Size,
                Threshold = trained.Reading.Threshold,
                Classes = trained.Reading.Classes,
                Temperature = trained.Reading.Temperature,
                Widening = trained.Reading.Widening,
                Evaluation = evaluation,
                Scores = Histograms.Of(layout.Task, evaluator.Predictions),
            },
            insights
        );

    private async Task WriteFitAsync(PackageWriter writer, FitFiles names, TrainedModel fit, CancellationToken cancel)
    {
        var golden = GoldenRows.Of(frame, split.Holdout, fit.Encoder);
        var answers = fit.Model.Predict(golden, threads: 1, cancel).Values;
        foreach (var part in fit.Parts)
        {
            await writer.WriteAsync(names.Of(part.Name), fit.Model.Extension, part.Content, cancel);
        }

        await writer.WriteAsync(names.Encoder, "json", Documents.Bytes(fit.Encoder), cancel);
        await writer.WriteAsync(names.Golden, "csv", GoldenRows.Write(golden, answers), cancel);
    }
}
