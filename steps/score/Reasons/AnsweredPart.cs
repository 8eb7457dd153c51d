namespace Trainyard.Steps.Score;

/// <summary>What is known of the answers to the rows of a part.</summary>
/// <param name="Ranking">What rows are ordered by.</param>
/// <param name="Chosen">The class that each is answered with, by its code; null where answers are no classes.</param>
internal sealed record AnsweredPart(double[] Ranking, int[]? Chosen)
{
    public static AnsweredPart Unknown { get; } = new([], null);
}
