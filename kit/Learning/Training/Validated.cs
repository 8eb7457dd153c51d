using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Training;

/// <summary>Rows that were answered by fits that have not learned them, each by one.</summary>
/// <param name="Rows">By their places.</param>
/// <param name="Answer">Scores them, in that order, for who needs it.</param>
public sealed record Validated(int[] Rows, Func<Scores> Answer);
