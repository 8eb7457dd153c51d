using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>What a trainer has reached on validation, where that chose one.</summary>
/// <param name="Value">In the metric that decides; null where it could not be computed.</param>
/// <param name="Rows">How many it had learned: of a large table fewer than the first.</param>
/// <param name="Size">Picked by validation, in the trainer's unit.</param>
public sealed record TrainerTried(Trainer Trainer, double? Value, long Rows, int Size, bool Chosen = false);
