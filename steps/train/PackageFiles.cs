using Trainyard.Hosting;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Models.Packaging;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Train;

/// <summary>What goes into a package.</summary>
internal static class PackageFiles
{
    public static async Task<IReadOnlyList<StoredFile>> WriteAsync(
        StepContext context,
        Package package,
        TrainedModel trained,
        Frame frame,
        Split split,
        Evaluator evaluator,
        CancellationToken cancel
    )
    {
        var writer = new PackageWriter(package, context.NewName);
        foreach (var part in trained.Parts)
        {
            await writer.WriteAsync(part.Name, trained.Model.Extension, part.Content, cancel);
        }

        await writer.WriteAsync("encoder", "json", Documents.Bytes(trained.Encoder), cancel);
        if (trained.Model.Calibrator is { } calibrator)
        {
            await writer.WriteAsync("calibrator", "json", Documents.Bytes(calibrator), cancel);
        }

        var golden = GoldenRows.Write(frame, split.Holdout, evaluator.Scores.Values);
        await writer.WriteAsync("golden", "csv", golden, cancel);
        foreach (var file in context.File.DefinitionFiles)
        {
            await writer.CopyDefinitionAsync(context.Run, file, cancel);
        }

        context.Progress.AddBytesOut(writer.Files.Sum(file => file.Bytes));
        return writer.Files;
    }

    public static Card CardOf(
        StepContext context,
        IReadOnlyList<StandingManifest> inputs,
        FrameLayout layout,
        Frame frame,
        Split split,
        TrainedModel trained,
        Evaluation evaluation,
        IReadOnlyList<StoredFile> files,
        IReadOnlyList<double> predictions,
        CancellationToken cancel
    ) =>
        CardExhibits.Of(
            new()
            {
                Format = 2,
                Pipeline = context.Run.Pipeline,
                Version = context.Run.Run,
                AsOf = context.File.AsOf,
                TrainedAt = context.Time.GetUtcNow(),
                LearnedThrough = split.LearnedThrough,
                Definition = context.File.Definition,
                DefinitionHash = context.File.DefinitionHash,
                ComparableHash = context.File.ComparableHash(),
                Producer = context.Producer,
                Files = files,
                Inputs = [.. inputs.Select(input => input.AsInput)],
                Profile = Profiles.Of(frame, split.Learned, layout.Columns, context.Threads, cancel),
                Features = layout.Features,
                Split = split.Card,
                Trees = trained.Size,
                Threshold = trained.Reading.Threshold,
                Classes = trained.Reading.Classes,
                Temperature = trained.Reading.Temperature,
                Widening = trained.Reading.Widening,
                Evaluation = evaluation,
                Scores = Histograms.Of(layout.Task, predictions),
            }
        );
}
