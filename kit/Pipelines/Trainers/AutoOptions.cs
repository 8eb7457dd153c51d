namespace Trainyard.Pipelines;

/// <summary>Settings where validation chooses the trainer: each has its defaults.</summary>
public sealed record AutoOptions : TrainerOptions;
