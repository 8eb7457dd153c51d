using Trainyard.Models.Encoding;
using Trainyard.Models.Scoring;

namespace Trainyard.Models.Training;

/// <summary>What training gives.</summary>
public sealed record TrainedModel
{
    public required Encoder Encoder { get; init; }

    /// <summary>The model as it will be loaded from its package: without the label.</summary>
    public required ScoringModel Model { get; init; }

    /// <summary>The number of trees that validation picked.</summary>
    public required int Trees { get; init; }

    /// <summary>Binary: the probability from which a row counts as positive.</summary>
    public double? Threshold { get; init; }
}
