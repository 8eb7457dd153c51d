using Trainyard.Learning.Scoring;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>A figure of answers, beside that of the labels: who has learned the rows may have come nearer to
/// it.</summary>
/// <param name="Name">As in <c>its share of positives</c>.</param>
/// <param name="Labels">What the labels have instead.</param>
/// <param name="Room">How far beyond the two another fit may be.</param>
public sealed record Trait(string Name, Unit Unit, Func<Answers, double> Of, double Labels, double Room)
{
    /// <summary>The room of a share: half of it, or of what is left to 1 where that is less; at least a percentage
    /// point.</summary>
    public static double RoomOf(double share) => Math.Max(0.01, Math.Min(share, 1 - share) / 2);
}
