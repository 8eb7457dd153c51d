using Trainyard.Models.Encoding;
using Trainyard.Models.Scoring;
using Trainyard.Registry;
using Trainyard.Stores;

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
        var model = ScoringModel.Load(zip, encoder, card.Definition.Model.Task, UriOf(package, modelFile));
        GoldenRows.Check(golden, UriOf(package, goldenFile), card.Features, card.Definition.Model.Task, model, cancel);
        return model;
    }

    /// <summary>The encoder alone, for who only counts and compares inputs.</summary>
    public static async Task<Encoder> LoadEncoderAsync(Package package, Card card, CancellationToken cancel)
    {
        var file = Package.FileOf(card, "encoder");
        return Documents.Read<Encoder>(await package.ReadFileAsync(file, cancel), UriOf(package, file));
    }

    private static string UriOf(Package package, StoredFile file) => package.Store.UriOf($"{package.Root}/{file.File}");
}
