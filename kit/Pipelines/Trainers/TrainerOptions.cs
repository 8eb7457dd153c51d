using System.ComponentModel;

namespace Trainyard.Pipelines;

/// <summary>What every trainer can be told; each adds its own. What a spec leaves out and the table decides on is null
/// until training, so that no document freezes what nobody has written.</summary>
public abstract record TrainerOptions
{
    [Description("The seed of everything random in training.")]
    public int Seed { get; init; } = 1;

    /// <summary>The options with nothing left out, for a table; those that are said stay as they are.</summary>
    /// <param name="rows">Learned by the measured fit.</param>
    /// <param name="columns">Of features.</param>
    public virtual TrainerOptions For(long rows, int columns) => this;

    /// <summary>The options as a spec may have said them whose defaults version 1.0 has frozen into a
    /// document.</summary>
    public virtual TrainerOptions WithoutReleasedDefaults() => this;
}
