using Trainyard.Models.Encoding;
using Trainyard.Models.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Models.Packaging;

/// <summary>A model out of its package. Every file is checked against the card before it is used, and the golden rows after.</summary>
public static class LoadedPackage
{
    public static async Task<ScoringModel> LoadAsync(Package package, Card card, CancellationToken cancel)
    {
        var (encoderFile, modelFile, goldenFile) = (Package.FileOf(card, "encoder"), Package.FileOf(card, "model"), Package.FileOf(card, "golden"));
        var encoder = Json.Read<Encoder>(await package.ReadFileAsync(encoderFile, cancel), UriOf(encoderFile.File));
        var zip = await package.ReadFileAsync(modelFile, cancel);
        var golden = await package.ReadFileAsync(goldenFile, cancel);
        var model = ScoringModel.Load(zip, encoder, card.Definition.Model.Task, UriOf(modelFile.File));
        GoldenRows.Check(golden, UriOf(goldenFile.File), card.Features, card.Definition.Model.Task, model, cancel);
        return model;

        string UriOf(string file) => package.Store.UriOf($"{package.Root}/{file}");
    }
}
