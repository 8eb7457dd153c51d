using Trainyard.Learning.Scoring;
using Trainyard.Registry;

namespace Trainyard.Learning.Drift;

/// <summary>How far an input of a run lies from the rows of all blocks.</summary>
/// <param name="Distance">Of what it holds where it is not null, between 0 and 1; null where it is always null.</param>
/// <param name="Beyond">How unusual the most unusual of its distances is; null where the run's season is not
/// known.</param>
/// <param name="In">Which of them that is.</param>
public sealed record InputMoves(double? Distance, double? Beyond, MovedIn? In)
{
    /// <param name="season">The place of the run's season; null where it is not known.</param>
    /// <param name="holds">What its bins are of.</param>
    public static InputMoves Of(KnownInput known, InputCount now, int? season, MovedIn holds = MovedIn.Values)
    {
        long[] bins = [.. now.Bins];
        long[] all = [.. known.Bins];
        var distance = Distances.JensenShannon(bins.AsSpan(..^1), all.AsSpan(..^1)) / Math.Log(2);
        var told = double.IsNaN(distance) ? (double?)null : distance;
        if (season is not { } place)
        {
            return new InputMoves(told, null, null);
        }

        var groups = known.Groups is null ? null : LevelGroups.Of(all);
        var distances = Distances.Of(bins, Math.Min(now.Unseen, OfNoBlock(known, bins)), all, groups);
        var most = new (UsualDistance? Usual, double Logarithm, MovedIn In)[]
        {
            (known.Values, distances.Values, holds),
            (known.Nulls, distances.Nulls, MovedIn.Nulls),
            (known.Unseen, distances.Unseen, MovedIn.Unseen),
            (known.Groups, distances.Groups, holds),
        }
            .Select(each => (Beyond: each.Usual?.Beyond(each.Logarithm, place), each.In))
            .Where(each => each.Beyond is not null)
            .DefaultIfEmpty()
            .MaxBy(each => each.Beyond);
        return new InputMoves(told, most.Beyond, most.Beyond is null ? null : most.In);
    }

    /// <summary>The rows with a level that no block has a bin for. The model may not have learned from all blocks: what
    /// is new to it is no news where a block had it.</summary>
    private static long OfNoBlock(KnownInput known, long[] bins) => known.Levels is null ? 0 : bins[^2];
}
