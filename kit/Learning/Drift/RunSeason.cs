using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Drift;

/// <summary>What a run is compared with.</summary>
/// <param name="Known">The blocks that its model was trained on.</param>
/// <param name="Place">The place of its season among those that are known; null where it is none of them.</param>
public sealed record RunSeason(KnownMoves Known, int? Place)
{
    /// <summary>Null where the package does not tell of the inputs of blocks.</summary>
    public static async Task<RunSeason?> ReadAsync(
        Package package,
        Card card,
        DateTimeOffset asOf,
        CancellationToken cancel
    ) =>
        await KnownBlocks.ReadAsync(package, card, cancel) is { Moves: { } known }
            ? Of(known, new Seasons(card.Definition.Clock), asOf)
            : null;

    public static RunSeason Of(KnownMoves known, Seasons clock, DateTimeOffset asOf)
    {
        var season = clock.Coarser(clock.Of(asOf), known.Coarseness);
        var place = known.Seasons.ToList().IndexOf(season);
        return new RunSeason(known, place < 0 ? null : place);
    }
}
