namespace Trainyard.Registry;

/// <summary>What the promotions log says of a model by now.</summary>
/// <param name="Decided">The entry that says so: the promotion, the refusal, or the rollback.</param>
public sealed record ModelStanding(ModelState State, Promotion Decided)
{
    /// <summary>As a person reads it.</summary>
    public string Word =>
        State switch
        {
            ModelState.Champion => "champion",
            ModelState.Promoted => "promoted",
            ModelState.RolledBack => "rolled back",
            _ => "refused",
        };

    /// <summary>The verdict on the model: the first decision, and what people did since.</summary>
    public Verdict Verdict =>
        new()
        {
            Promoted = State is ModelState.Champion or ModelState.Promoted,
            Forced = Decided.Kind == PromotionKind.Promote && Decided.Who != Promotion.TrainRun(Decided.Model!),
            Reason =
                Decided.Kind == PromotionKind.Rollback
                    ? $"It was rolled back by {Decided.Who}: {Decided.Why}"
                    : Decided.Why,
        };

    /// <summary>Of one model; null where the log says nothing of it.</summary>
    public static ModelStanding? Of(IReadOnlyList<Promotion> log, string model) => Of(log).GetValueOrDefault(model);

    /// <summary>Every model that something was decided of.</summary>
    public static IReadOnlyDictionary<string, ModelStanding> Of(IReadOnlyList<Promotion> log)
    {
        var rollbacks = log.Where(entry => entry.Undoes is not null).ToLookup(entry => entry.Undoes!.Value);
        var champion = PromotionLog.ChampionFor(log, DateTimeOffset.MaxValue);
        return log.Where(entry => entry is { Model: not null, Kind: not PromotionKind.Rollback })
            .GroupBy(entry => entry.Model!)
            .ToDictionary(model => model.Key, model => Of([.. model], rollbacks, champion));
    }

    private static ModelStanding Of(
        IReadOnlyList<Promotion> decisions,
        ILookup<int, Promotion> rollbacks,
        Promotion? champion
    )
    {
        var promotions = decisions.Where(entry => entry.Kind == PromotionKind.Promote).ToList();
        return decisions.FirstOrDefault(entry => entry.Number == champion?.Number) is { } serving
                ? new(ModelState.Champion, serving)
            : promotions.LastOrDefault(entry => !rollbacks.Contains(entry.Number)) is { } promoted
                ? new(ModelState.Promoted, promoted)
            : promotions.Count > 0
                ? new(
                    ModelState.RolledBack,
                    promotions.SelectMany(entry => rollbacks[entry.Number]).MaxBy(entry => entry.Number)!
                )
            : new(ModelState.Refused, decisions[^1]);
    }
}

public enum ModelState
{
    Refused,
    Promoted,

    /// <summary>Promoted, and it serves the newest as-ofs.</summary>
    Champion,

    /// <summary>Every promotion of it was undone.</summary>
    RolledBack,
}
