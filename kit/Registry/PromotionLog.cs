using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>Who serves since when: the create-only log of promotions, refusals and rollbacks of one pipeline.</summary>
public sealed class PromotionLog(IStore store, string pipeline)
{
    private string Prefix => $"{pipeline}/promotions/";

    /// <summary>The whole log in order of numbers.</summary>
    public async Task<IReadOnlyList<Promotion>> ReadAsync(CancellationToken cancel)
    {
        var entries = new List<Promotion>();
        await foreach (var entry in store.ListAsync(Prefix, cancel))
        {
            entries.Add(Sealed.Read<Promotion>(await store.ReadAsync(entry.Name, cancel), store.UriOf(entry.Name)));
        }

        return entries;
    }

    /// <summary>The promotions that no rollback has undone, in the order in which rollbacks go from one to the next:
    /// the
    /// newest champion, the one that serves without it, and so on.</summary>
    public static IReadOnlyList<Promotion> Standing(IReadOnlyList<Promotion> log)
    {
        var undone = log.Select(entry => entry.Undoes).OfType<int>().ToHashSet();
        return
        [
            .. log.Where(entry => entry.Kind == PromotionKind.Promote && !undone.Contains(entry.Number))
                .OrderByDescending(entry => entry.EffectiveAsOf)
                .ThenByDescending(entry => entry.Number),
        ];
    }

    /// <summary>
    /// The champion for an as-of: of the promotions that no rollback has undone, the one with the greatest effective
    /// as-of that is not later, then the highest number. So a backfill is not served by a model that has seen those
    /// days' outcomes.
    /// </summary>
    /// <returns>Null where there is none.</returns>
    public static Promotion? ChampionFor(IReadOnlyList<Promotion> log, DateTimeOffset asOf) =>
        Standing(log).FirstOrDefault(entry => entry.EffectiveAsOf <= asOf);

    /// <summary>The entry that undoes the promotion of the newest champion; null where there is none.</summary>
    public static Promotion? Undo(IReadOnlyList<Promotion> log, string who, string why, DateTimeOffset at)
    {
        if (ChampionFor(log, DateTimeOffset.MaxValue) is not { } champion)
        {
            return null;
        }

        var undo = new Promotion
        {
            Number = log[^1].Number + 1,
            Kind = PromotionKind.Rollback,
            EffectiveAsOf = champion.EffectiveAsOf,
            Undoes = champion.Number,
            At = at,
            Who = who,
            Why = why,
        };
        return undo with { Model = ChampionFor([.. log, undo], champion.EffectiveAsOf)?.Model };
    }

    /// <summary>The command by which a person promotes a model.</summary>
    public static string PromoteCommand(string pipeline, string model) =>
        $"trainyard promote {pipeline} {model} --why REASON";

    /// <summary>The champion for an as-of; 66 where there is none, saying what became of the models there
    /// are.</summary>
    public async Task<Promotion> RequireChampionAsync(DateTimeOffset asOf, CancellationToken cancel)
    {
        var log = await ReadAsync(cancel);
        return ChampionFor(log, asOf)
            ?? throw Fault.MissingInput(
                log.OrderBy(entry => entry.EffectiveAsOf)
                    .FirstOrDefault(entry => ChampionFor(log, entry.EffectiveAsOf) is not null)
                    is { } first
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"Pipeline '{pipeline}' had no champion yet as of {asOf:yyyy-MM-ddTHH:mm:ssZ}: the first "
                            + $"as-of that has one is {first.EffectiveAsOf:yyyy-MM-ddTHH:mm:ssZ}. Name a model with "
                            + $"--model to score with it all the same. Nothing was changed."
                    )
                : log.Count > 0 ? WhyNone(log)
                : await NothingDecidedAsync(cancel)
            );
    }

    /// <summary>Why no model of a log stands promoted: the last was refused, or rolled back.</summary>
    private string WhyNone(IReadOnlyList<Promotion> log)
    {
        var none = $"Pipeline '{pipeline}' has no champion";
        if (log[^1] is { Kind: PromotionKind.Rollback } undo)
        {
            return $"{none}: the last promotion was rolled back by {undo.Who} ({undo.Why}). Train again, or promote a "
                + $"model by hand: {PromoteCommand(pipeline, "MODEL")}. Nothing was changed.";
        }

        var (model, reason) = (log[^1].Model!, log[^1].Why);
        var command = PromoteCommand(pipeline, model);
        return $"{none}: its model {model} was refused. {reason}"
            + (
                reason.Contains(command, StringComparison.Ordinal)
                    ? ""
                    : $" If it is to serve all the same, promote it by hand: {command}"
            )
            + ". Nothing was changed.";
    }

    private async Task<string> NothingDecidedAsync(CancellationToken cancel) =>
        await Package.ListNewestFirstAsync(store, pipeline, cancel) is [var newest, ..]
            ? $"Pipeline '{pipeline}' has no champion: no train run has come to a decision yet, which a trial never "
                + "does. "
                + $"Make a train run, or name a model with --model, such as {newest}. Nothing was changed."
            : $"Pipeline '{pipeline}' has no champion: make a train run first. Nothing was changed.";

    /// <summary>
    /// Appends an entry under the next free number. When somebody else was first, <paramref name="next"/> is asked
    /// again with the log as it is then.
    /// </summary>
    /// <param name="next">Makes the entry from the log; its number is set here. An entry that is in the log already
    /// is returned as it is.</param>
    public async Task<Promotion> AppendAsync(
        Func<IReadOnlyList<Promotion>, Task<Promotion>> next,
        CancellationToken cancel
    )
    {
        while (true)
        {
            var log = await ReadAsync(cancel);
            var wanted = await next(log);
            if (log.Contains(wanted))
            {
                return wanted;
            }

            var entry = wanted with { Number = log.Count == 0 ? 1 : log[^1].Number + 1 };
            if (
                await store.TryCreateAsync(
                    string.Create(CultureInfo.InvariantCulture, $"{Prefix}{entry.Number:000000}.json"),
                    Sealed.Bytes(entry),
                    cancel
                )
            )
            {
                return entry;
            }
        }
    }
}
