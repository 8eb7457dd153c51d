using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>What was published for a row.</summary>
/// <param name="Fields">The task's columns as they stand in a dataset, without quotes; empty where null.</param>
public sealed record PublishedAnswer(
    DateTimeOffset PredictedAt,
    string Model,
    bool Hindsight,
    IReadOnlyList<string> Fields
)
{
    /// <summary>The answer that is held against the label: the first that was published before the label could be
    /// known. What was said in hindsight, or later, is no prediction.</summary>
    /// <param name="answers">Of one row, in the order in which they were published.</param>
    public static PublishedAnswer? InTime(
        IEnumerable<PublishedAnswer> answers,
        DateTimeOffset cutoff,
        Clock clock,
        Span knownAfter
    )
    {
        var until = clock.Add(cutoff, knownAfter);
        return answers.FirstOrDefault(answer => !answer.Hindsight && answer.PredictedAt <= until);
    }
}
