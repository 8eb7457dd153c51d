using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Training;

/// <summary>What training gives.</summary>
public sealed record TrainedModel
{
    public required Encoder Encoder { get; init; }

    /// <summary>The model as it will be loaded from its package: without the label.</summary>
    public required ScoringModel Model { get; init; }

    /// <summary>What validation picked, in the trainer's unit.</summary>
    public required int Size { get; init; }

    /// <summary>How its scores are read.</summary>
    public Reading Reading { get; init; } = Reading.Plain;

    public double? Threshold => Reading.Threshold;
}
