using Trainyard.Learning.Calibrating;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
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

    /// <summary>A model out of the bytes it was saved as.</summary>
    /// <param name="name">What it is, for the message of a fault of 78.</param>
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
        var (modelFile, goldenFile) = (Package.FileOf(card, files.Model), Package.FileOf(card, files.Golden));
        var encoder = await LoadEncoderAsync(package, card, files, cancel);
        var saved = await package.ReadFileAsync(modelFile, cancel);
        var golden = await package.ReadFileAsync(goldenFile, cancel);
        var model = ModelOf(
            saved,
            encoder,
            card.Definition.Model.Trainer,
            UriOf(package, modelFile),
            await LoadCalibratorAsync(package, card, cancel)
        );
        GoldenRows.Check(golden, UriOf(package, goldenFile), card.Features, card.Definition.Model.Task, model, cancel);
        return model;
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
