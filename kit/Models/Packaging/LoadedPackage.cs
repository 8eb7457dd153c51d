using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Trainers;

namespace Trainyard.Models.Packaging;

/// <summary>A model out of its package. Every file is checked against the card before it is used, and the golden rows
/// after.</summary>
public static class LoadedPackage
{
    public static async Task<ScoringModel> LoadAsync(Package package, Card card, CancellationToken cancel)
    {
        var (modelFile, goldenFile) = (Package.FileOf(card, "model"), Package.FileOf(card, "golden"));
        var encoder = await LoadEncoderAsync(package, card, cancel);
        var zip = await package.ReadFileAsync(modelFile, cancel);
        var golden = await package.ReadFileAsync(goldenFile, cancel);
        var model = ModelOf(zip, encoder, card.Definition.Model.Trainer, UriOf(package, modelFile));
        GoldenRows.Check(golden, UriOf(package, goldenFile), card.Features, card.Definition.Model.Task, model, cancel);
        return model;
    }

    /// <summary>A model out of the bytes it was saved as.</summary>
    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static ScoringModel ModelOf(byte[] saved, Encoder encoder, Trainer trainer, string name) =>
        new(encoder, TrainerList.Of(trainer).Load(saved, encoder, name), saved);

    /// <summary>The encoder alone, for who only counts and compares inputs.</summary>
    public static async Task<Encoder> LoadEncoderAsync(Package package, Card card, CancellationToken cancel)
    {
        var file = Package.FileOf(card, "encoder");
        return Documents.Read<Encoder>(await package.ReadFileAsync(file, cancel), UriOf(package, file));
    }

    private static string UriOf(Package package, StoredFile file) => package.Store.UriOf($"{package.Root}/{file.File}");
}
