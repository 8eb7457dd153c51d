using Trainyard.Learning.Data;
using Trainyard.Registry;

namespace Trainyard.Steps.Score;

/// <summary>The summary of a run out of what is known of its parts. It is the same whoever scored them, and in which
/// order.</summary>
internal static class Summary
{
    private const int MostHighest = 20;

    /// <returns>Counts: what is written is made of them by <see cref="ScoreExhibits"/>.</returns>
    /// <param name="parts">In the order of the features' parts.</param>
    public static ScoreSummary Of(
        Card card,
        IReadOnlyList<ScoredPart> parts,
        IReadOnlyList<MovedInput> inputs,
        DateTimeOffset predictedAt
    )
    {
        var rows = parts.Sum(part => part.Part.Rows);
        return new ScoreSummary
        {
            Format = 2,
            Model = card.Version,
            Rows = rows,
            Positives = card.Definition.Model.Task.Counts is null ? null : parts.Sum(part => part.Positives),
            Answered = card.AnsweringClasses is null
                ? null
                : [.. card.AnsweringClasses.Select((_, code) => parts.Sum(part => part.Answered![code]))],
            Hindsight = parts.Sum(part => part.Hindsight),
            PredictedAt = predictedAt,
            Mean = rows == 0 ? null : Sum.Of(parts.Select(part => part.Sum)) / rows,
            Scores = card.Scores with
            {
                Counts = [.. card.Scores.Counts.Select((_, bin) => parts.Sum(part => part.Scores[bin]))],
            },
            Inputs = inputs,
            Highest =
            [
                .. parts
                    .SelectMany(part => part.Highest)
                    .OrderByDescending(row => row.Prediction)
                    .ThenBy(row => row.Cutoff)
                    .Take(MostHighest),
            ],
        };
    }

    /// <summary>Where the highest predictions stand, highest first; of equal ones the first.</summary>
    public static IEnumerable<int> PlacesOfHighest(double[] predictions)
    {
        var highest = new PriorityQueue<int, (double Prediction, int Earlier)>(MostHighest + 1);
        for (var row = 0; row < predictions.Length; row++)
        {
            if (highest.Count < MostHighest)
            {
                highest.Enqueue(row, (predictions[row], -row));
            }
            else
            {
                highest.EnqueueDequeue(row, (predictions[row], -row));
            }
        }

        return highest.UnorderedItems.OrderByDescending(item => item.Priority).Select(item => item.Element);
    }
}
