using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Scoring;

/// <summary>How the scores of a model are read: what its training has found beside them, which stands in the card, and
/// what its spec says of answers.</summary>
public sealed record Reading
{
    public static Reading Plain { get; } = new();

    /// <summary>From which score on a row counts; null where the task has no such thing.</summary>
    public double? Threshold { get; init; }

    /// <summary>The classes, or other groups, by their places among the scores of a row; null where scores are of
    /// none.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>What the logarithms of probabilities are divided by; 1 where null.</summary>
    public double? Temperature { get; init; }

    /// <summary>What wrong answers cost, by the class of the row and the answer; 1 each where null.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? Costs { get; init; }

    /// <summary>By how much the ends of intervals were moved outward; null where there are none.</summary>
    public double? Widening { get; init; }

    /// <summary>Of the fit that answers.</summary>
    public static Reading Answering(Card card) => Of(card) with { Classes = card.AnsweringClasses };

    /// <summary>Of a try.</summary>
    /// <param name="model">Its spec.</param>
    public static Reading Of(TriedPart part, ModelSpec model) =>
        new()
        {
            Threshold = part.Threshold,
            Classes = part.Classes,
            Temperature = part.Temperature,
            Widening = part.Widening,
            Costs = model.Cost,
        };

    /// <summary>Of the measured fit.</summary>
    public static Reading Of(Card card) =>
        new()
        {
            Threshold = card.Threshold,
            Classes = card.Classes,
            Temperature = card.Temperature,
            Widening = card.Widening,
            Costs = card.Definition.Model.Cost,
        };
}
