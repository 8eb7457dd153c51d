using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>What was published for a row.</summary>
/// <param name="Fields">The task's columns as they stand in a dataset, without quotes; empty where null.</param>
/// <param name="Beside">The rows of the task's table beside that of predictions: a number a name.</param>
public sealed record PublishedAnswer(
    DateTimeOffset PredictedAt,
    string Model,
    bool Hindsight,
    IReadOnlyList<string> Fields,
    IReadOnlyList<KeyValuePair<string, double>> Beside
)
{
    /// <summary>
    /// The answer that is held against the label: the first that was published before the label could be known; where
    /// there is none, the first that came later and is a replay, of a model that had learned nothing at or after the
    /// cutoff. What was said in hindsight is no prediction.
    /// </summary>
    /// <param name="answers">Of one row, in the order in which they were published.</param>
    public static (PublishedAnswer Answer, bool IsReplayed)? Counting(
        IReadOnlyList<PublishedAnswer> answers,
        DateTimeOffset cutoff,
        Clock clock,
        Span knownAfter
    )
    {
        var until = clock.Add(cutoff, knownAfter);
        var counting = answers.Where(answer => !answer.Hindsight).ToList();
        return counting.FirstOrDefault(answer => answer.PredictedAt <= until) is { } inTime ? (inTime, false)
            : counting.FirstOrDefault() is { } replayed ? (replayed, true)
            : null;
    }
}
