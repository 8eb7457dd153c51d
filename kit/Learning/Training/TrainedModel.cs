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

    /// <summary>From which score on a row counts; null where the task has no such thing.</summary>
    public double? Threshold { get; init; }

    /// <summary>By how much the ends of intervals were moved outward; null where there are none.</summary>
    public double? Widening { get; init; }

    /// <summary>The parts of the model as they are saved, by their names.</summary>
    public IReadOnlyList<SavedPart> Parts { get; init; } = [];
}

/// <param name="Size">In the trainer's unit.</param>
public sealed record SavedPart(string Name, int Size, byte[] Content);
