using System.ComponentModel;

namespace Trainyard.Pipelines;

/// <summary>What every trainer can be told; each adds its own.</summary>
public abstract record TrainerOptions
{
    [Description("The seed of everything random in training.")]
    public int Seed { get; init; } = 1;
}
