using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>What a trainer has reached where one was chosen by rows that it had not learned.</summary>
/// <param name="Value">In the metric that decides; null where it could not be computed.</param>
/// <param name="Rows">How many it had learned: of a large table fewer than the first.</param>
/// <param name="Size">Picked by validation, in the trainer's unit.</param>
public sealed record TrainerTried(Trainer Trainer, double? Value, long Rows, int Size, bool Chosen = false)
{
    /// <summary>The standard error of its gain over the first; null where there is none to be had, as of
    /// that.</summary>
    public double? Error { get; init; }

    /// <summary>In how many folds of what is learned it was tried; null where it was on validation.</summary>
    public int? Folds { get; init; }

    /// <summary>Of how many one was chosen, and where: <c>of 3 trainers chosen on validation</c>.</summary>
    public static string Chose(IReadOnlyList<TrainerTried> tried) =>
        $"of {Counted.Of(tried.Count, "trainer")} chosen {SplitCard.HeldIn(tried[0].Folds)}";
}
