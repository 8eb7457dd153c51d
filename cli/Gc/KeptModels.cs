using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Cli;

/// <summary>Which models of a pipeline must stay.</summary>
internal static class KeptModels
{
    /// <summary>Those that are champion, or were within the retention: of an as-of in it, or at a moment in
    /// it.</summary>
    public static IEnumerable<string> ByPromotions(IReadOnlyList<Promotion> log, DateTimeOffset before)
    {
        var undone = log.Select(entry => entry.Undoes).OfType<int>().ToHashSet();
        var ofAsOfs = log.Where(entry =>
                entry.Kind == PromotionKind.Promote && !undone.Contains(entry.Number) && entry.EffectiveAsOf >= before
            )
            .Append(PromotionLog.ChampionFor(log, before));

        // After each entry its champion serves until the next one.
        var ofMoments = Enumerable
            .Range(1, log.Count)
            .Where(entries => entries == log.Count || log[entries].At >= before)
            .Select(entries => PromotionLog.ChampionFor([.. log.Take(entries)], DateTimeOffset.MaxValue));
        var promotedLately = log.Where(entry => entry.Kind == PromotionKind.Promote && entry.At >= before);
        return ofAsOfs.Concat(ofMoments).Concat(promotedLately).Select(entry => entry?.Model).OfType<string>();
    }

    /// <summary>Those that have predictions in the warehouse. Without a warehouse to ask every model may have
    /// some.</summary>
    public static async Task<IReadOnlyList<string>> ByPredictionsAsync(
        IStore store,
        string pipeline,
        string? warehouseUri,
        CancellationToken cancel
    )
    {
        if (warehouseUri is null)
        {
            return await Package.ListAsync(store, pipeline, cancel);
        }

        await using var warehouse = Warehouse.Open(warehouseUri);
        return await warehouse.PublishedModelsAsync(pipeline, cancel);
    }
}
