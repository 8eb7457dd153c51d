using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What every trainer can be told; each adds its own. What a spec leaves out and the table decides on is null
/// until training, so that no document freezes what nobody has written.</summary>
public abstract record TrainerOptions
{
    [Description("The seed of everything random in training.")]
    public int Seed { get; init; } = 1;

    /// <summary>The files beside the spec that they name, with their keys: part of the definition as its SQL is, but
    /// not of what is asked.</summary>
    [JsonIgnore]
    public virtual IReadOnlyList<(string Key, string File)> Files => [];

    /// <summary>Through which cutoff what they bring has learned rows elsewhere; null where it brings nothing, or that
    /// is not said.</summary>
    public virtual DateTimeOffset? BroughtThrough(Clock clock) => null;

    /// <summary>The options with nothing left out, for a table; those that are said stay as they are.</summary>
    /// <param name="rows">Learned by the measured fit.</param>
    /// <param name="columns">Of features.</param>
    public virtual TrainerOptions For(long rows, int columns) => this;

    /// <summary>The options under which it is held against other trainers: those that cost less and say nearly as
    /// much.</summary>
    public virtual TrainerOptions ToTry() => this;

    /// <summary>How many models are averaged into one, each of the size that the model is said to have.</summary>
    [JsonIgnore]
    public virtual int Fits => 1;

    /// <summary>The options as a spec may have said them whose defaults version 1.0 has frozen into a
    /// document.</summary>
    public virtual TrainerOptions WithoutReleasedDefaults() => this;
}
