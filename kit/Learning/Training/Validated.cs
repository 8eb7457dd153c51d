using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Training;

/// <summary>Rows that were answered by fits that have not learned them, each by one.</summary>
/// <param name="Lesson">What the first of them was given: of the first part.</param>
/// <param name="Rows">By their places.</param>
/// <param name="Answer">Scores them, in that order, for who needs it.</param>
public sealed record Validated(Lesson Lesson, int[] Rows, Func<Scores> Answer);
