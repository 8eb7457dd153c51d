using System.Collections.ObjectModel;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Training;

/// <summary>What a fit gives that goes into a package.</summary>
public sealed record TrainedModel
{
    public required Encoder Encoder { get; init; }

    /// <summary>The model as it will be loaded from its package: without the label.</summary>
    public required ScoringModel Model { get; init; }

    /// <summary>What learned it, be it named by the spec or chosen; null where version 1.0 learned it.</summary>
    public Trainer? Trainer { get; init; }

    /// <summary>What validation has seen of trainers; null where it did not choose.</summary>
    public IReadOnlyList<TrainerTried>? Tried { get; init; }

    /// <summary>What validation picked, in the trainer's unit.</summary>
    public required int Size { get; init; }

    /// <summary>The options it was learned under, those that the spec leaves out as well; null of a model that was
    /// loaded.</summary>
    public TrainerOptions? Options { get; init; }

    /// <summary>How its scores are read.</summary>
    public Reading Reading { get; init; } = Reading.Plain;

    /// <summary>Figures of it that only training can find, by their names.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = ReadOnlyDictionary<string, double>.Empty;

    /// <summary>The parts of the model as they are saved, by their names.</summary>
    public IReadOnlyList<SavedPart> Parts { get; init; } = [];

    /// <summary>Of a measured fit: the one that answers in its place, of the same recipe on more rows; null where it
    /// answers itself.</summary>
    public TrainedModel? Served { get; init; }
}

/// <param name="Size">In the trainer's unit.</param>
public sealed record SavedPart(string Name, int Size, byte[] Content);
