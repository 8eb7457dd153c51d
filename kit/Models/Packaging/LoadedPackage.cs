using Trainyard.Learning.Calibrating;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Trainers;

namespace Trainyard.Models.Packaging;

/// <summary>A fit out of its package. Every file is checked against the card before it is used, and the golden rows
/// after.</summary>
public static class LoadedPackage
{
    /// <summary>The fit that answers.</summary>
    public static Task<ScoringModel> LoadAnsweringAsync(Package package, Card card, CancellationToken cancel) =>
        LoadAsync(package, card, FitFiles.Answering(card), cancel);

    /// <summary>The fit that was measured, and is compared with others.</summary>
    public static Task<ScoringModel> LoadMeasuredAsync(Package package, Card card, CancellationToken cancel) =>
        LoadAsync(package, card, FitFiles.Measured, cancel);

    /// <summary>A model out of the bytes that its parts were saved as.</summary>
    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static ScoringModel ModelOf(
        Definition definition,
        IReadOnlyList<byte[]> parts,
        Encoder encoder,
        string name,
        Calibrator? calibrator,
        Reading reading
    )
    {
        var trainer = TrainerList.Of(definition.Model.Trainer);
        var scorer = LearningTasks
            .Of(definition.Model.Task)
            .Assemble([.. parts.Select(part => trainer.Load(part, encoder, name))], reading);
        return new(encoder, scorer, calibrator, parts[0]);
    }

    /// <summary>A model of one part.</summary>
    public static ScoringModel ModelOf(
        byte[] saved,
        Encoder encoder,
        Trainer trainer,
        string name,
        Calibrator? calibrator = null
    ) => new(encoder, TrainerList.Of(trainer).Load(saved, encoder, name), calibrator, saved);

    /// <summary>The encoder of the fit that answers alone, for who only counts and compares inputs.</summary>
    public static Task<Encoder> LoadEncoderAsync(Package package, Card card, CancellationToken cancel) =>
        LoadEncoderAsync(package, card, FitFiles.Answering(card), cancel);

    /// <summary>The keys that the fit that answers has learned; null where time tells them, or nothing does.</summary>
    public static async Task<LearnedKeys?> LoadLearnedKeysAsync(Package package, Card card, CancellationToken cancel) =>
        card.Files.Of(FitFiles.LearnedKeys) is { } file
            ? LearnedKeys.Load(await package.ReadFileAsync(file, cancel))
            : null;

    private static async Task<ScoringModel> LoadAsync(
        Package package,
        Card card,
        FitFiles files,
        CancellationToken cancel
    )
    {
        var goldenFile = Package.FileOf(card, files.Golden);
        var encoder = await LoadEncoderAsync(package, card, files, cancel);
        var parts = new List<byte[]>();
        foreach (var part in LearningTasks.Of(card.Definition.Model.Task).PartsOf(card.Definition))
        {
            parts.Add(await package.ReadFileAsync(Package.FileOf(card, files.Of(part.Name)), cancel));
        }

        var golden = await package.ReadFileAsync(goldenFile, cancel);
        var modelFile = Package.FileOf(card, files.Of(ModelPart.First));
        var model = ModelOf(
            card.Learned,
            parts,
            encoder,
            UriOf(package, modelFile),
            await LoadCalibratorAsync(package, card, cancel),
            Reading.Of(card)
        );
        return model.Beside(
            GoldenRows.Check(
                golden,
                UriOf(package, goldenFile),
                card.Features,
                card.Definition.Model.Task,
                model,
                cancel
            )
        );
    }

    private static async Task<Encoder> LoadEncoderAsync(
        Package package,
        Card card,
        FitFiles files,
        CancellationToken cancel
    )
    {
        var file = Package.FileOf(card, files.Encoder);
        return Documents.Read<Encoder>(await package.ReadFileAsync(file, cancel), UriOf(package, file));
    }

    /// <summary>Null where the model answers as it is; a model of 1.0 has its calibrator in itself.</summary>
    private static async Task<Calibrator?> LoadCalibratorAsync(Package package, Card card, CancellationToken cancel) =>
        card.Files.Of(FitFiles.Calibrator) is { } file
            ? Documents.Read<Calibrator>(await package.ReadFileAsync(file, cancel), UriOf(package, file))
            : null;

    private static string UriOf(Package package, StoredFile file) => package.Store.UriOf($"{package.Root}/{file.File}");
}
