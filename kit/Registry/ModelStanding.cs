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

    /// <summary>As it is told of the model everywhere.</summary>
    public Verdict Verdict =>
        State switch
        {
            ModelState.Champion or ModelState.Promoted => new()
            {
                Promoted = true,
                Forced = Decided.Who != Promotion.TrainRun(Decided.Model!),
                Reason = Decided.Why,
            },
            ModelState.RolledBack => new()
            {
                Promoted = false,
                Reason = $"It was rolled back by {Decided.Who}: {Decided.Why}",
            },
            _ => new() { Promoted = false, Reason = Decided.Why },
        };

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
                    promotions.SelectMany(entry => rollbacks[entry.Number]).MaxBy(undo => undo.Number)!
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
