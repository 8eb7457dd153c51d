using System.Text.Json;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Report;

/// <summary>What was decided about the model of a train run, and the comparison that it rests on.</summary>
public sealed record Decided
{
    public required Verdict Verdict { get; init; }

    public ChampionComparison? Champion { get; init; }

    public string? NoChampionBecause { get; init; }

    /// <param name="log">The promotions log.</param>
    /// <param name="train">The manifest of the train step. Version 1.0 has left the comparison in the card.</param>
    public static Decided Of(IReadOnlyList<Promotion> log, Manifest train, Card card)
    {
        var details = train.Details;
        var champion = details[TrainDetails.Comparison].Deserialize<ChampionComparison>(Json.Options);
        var whyNot = (string?)details[TrainDetails.NoComparison];
        var isInCard = champion is null && whyNot is null;
        return new Decided
        {
            Verdict =
                ModelStanding.Of(log, card.Version)?.Verdict
                ?? new Verdict
                {
                    Promoted = (string?)details[TrainDetails.Verdict] == TrainDetails.Promoted,
                    Reason = (string?)details[TrainDetails.Reason] ?? train.Sentence,
                },
            Champion = isInCard ? card.Evaluation.Champion : champion,
            NoChampionBecause = isInCard ? card.Evaluation.NoChampionBecause : whyNot,
        };
    }
}
