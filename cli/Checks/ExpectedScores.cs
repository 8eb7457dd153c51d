using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Cli;

/// <summary>Predictions that must be there: their as-of, and when the schedule starts the run that makes
/// them.</summary>
internal sealed record ExpectedScore(DateTimeOffset AsOf, DateTimeOffset Start);

/// <summary>For which as-ofs predictions must be there by now: those of the schedule that had a champion.</summary>
internal static class ExpectedScores
{
    /// <param name="spec">With a score schedule.</param>
    /// <param name="log">The promotions.</param>
    /// <param name="since">When the schedule begins to count.</param>
    /// <param name="now">What is expected by a later time is not due yet.</param>
    public static IReadOnlyList<ExpectedScore> Of(
        Spec spec,
        IReadOnlyList<Promotion> log,
        DateTimeOffset since,
        DateTimeOffset now
    )
    {
        var starts = CronSchedule.Occurrences(spec.Schedule!.Score!, spec.Clock, since, now).ToList();
        return
        [
            .. starts
                .Where(
                    (start, at) =>
                        spec.Schedule.ExpectedBy is { } time
                            ? DueAt(start, time, spec.Clock) <= now
                            : at < starts.Count - 1
                )
                .Select(start => new ExpectedScore(spec.Clock.Floor(start), start))
                .Where(score => PromotionLog.ChampionFor(log, score.AsOf) is not null)
                .DistinctBy(score => score.AsOf),
        ];
    }

    /// <summary>
    /// Since when the schedule counts: since the first promotion was made. Where the check pretends to be earlier
    /// than that, since
    /// the promotion's own as-of. Null where nothing was ever promoted.
    /// </summary>
    public static DateTimeOffset? SinceOf(IReadOnlyList<Promotion> log, DateTimeOffset now) =>
        log.FirstOrDefault(entry => entry.Kind == PromotionKind.Promote) is { } first
            ? first.At <= now
                ? first.At
                : first.EffectiveAsOf
            : null;

    /// <summary>The next time that clocks show the wall time by which predictions must be there.</summary>
    private static DateTimeOffset DueAt(DateTimeOffset start, string wallTime, Clock clock)
    {
        var wall = clock.Local(start);
        var due = wall.Date + TimeSpan.Parse(wallTime, null);
        var instants = clock.InstantsOf(due < wall ? due.AddDays(1) : due);
        return instants[0] < start ? instants[^1] : instants[0];
    }
}
