namespace Trainyard.Registry;

/// <summary>What the report reads among the details of a train step: the comparison that the decision rests on, and of
/// a trial the decision itself, which stands in no log.</summary>
public static class TrainDetails
{
    public const string Verdict = "verdict";
    public const string Promoted = "promoted";
    public const string Refused = "refused";
    public const string Reason = "reason";

    /// <summary>A <see cref="ChampionComparison"/>.</summary>
    public const string Comparison = "comparison";
    public const string NoComparison = "no_champion_because";
}
