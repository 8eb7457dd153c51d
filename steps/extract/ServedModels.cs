using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Extract;

/// <summary>Which model a score run scores with. It is resolved once, here, and frozen in the run.</summary>
internal static class ServedModels
{
    public static async Task<ServedModel> ResolveAsync(
        StepContext context,
        DateTimeOffset asOf,
        CancellationToken cancel
    )
    {
        var (store, pipeline) = (context.Run.Store, context.Run.Pipeline);
        var wanted = context.Get(ExtractSettings.Model);
        if (wanted is null)
        {
            var champion = await new PromotionLog(store, pipeline).RequireChampionAsync(asOf, cancel);
            var (_, sha256) = await new Package(store, pipeline, champion.Model!).ReadCardAsync(cancel);
            return new ServedModel(champion.Model!, sha256, Override: false, champion.EffectiveAsOf);
        }

        var version = wanted == ExtractSettings.Latest ? await LatestAsync(store, pipeline, cancel) : wanted;
        var (_, card) = await new Package(store, pipeline, version).ReadCardAsync(cancel);
        return new ServedModel(version, card, Override: true, EffectiveAsOf: null);
    }

    private static async Task<string> LatestAsync(IStore store, string pipeline, CancellationToken cancel) =>
        await Package.ListNewestFirstAsync(store, pipeline, cancel) is [var newest, ..]
            ? newest
            : throw Fault.MissingInput(
                $"Pipeline '{pipeline}' has no model in {store.Uri}: make a train run first. Nothing was changed."
            );

    /// <summary>The card of the model, which must be the one that was resolved: it vouches for the rest of the
    /// package.</summary>
    public static async Task<Card> ReadCardAsync(Package package, ServedModel served, CancellationToken cancel)
    {
        var (card, sha256) = await package.ReadCardAsync(cancel);
        return sha256 == served.CardSha256
            ? card
            : throw Fault.BadData(
                $"The card of model '{served.Version}' is not the one this run was frozen with: its SHA-256 is "
                    + "another. Nothing was changed; start a new run."
            );
    }
}
