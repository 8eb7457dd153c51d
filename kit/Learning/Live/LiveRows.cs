using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Live;

/// <summary>Predictions that were published, and the labels that have arrived since, row by row.</summary>
public sealed record LiveRows
{
    public required ITask Task { get; init; }

    /// <summary>The metric that decides.</summary>
    public required Metric Metric { get; init; }

    public required Answers Answers { get; init; }

    /// <summary>What the baseline of training would have answered; null where that is not known.</summary>
    public Answers? Baseline { get; init; }

    /// <summary>Whether answers add up to what comes true, where they are right.</summary>
    public required bool AddUp { get; init; }

    public required double[] Labels { get; init; }

    /// <summary>How many of them were published when their labels could be known already.</summary>
    public long Replayed { get; init; }

    public required IReadOnlyList<DateTimeOffset> Cutoffs { get; init; }

    public required Clock Clock { get; init; }

    /// <summary>How long labels look ahead of their cutoffs.</summary>
    public Span? KnownAfter { get; init; }
}
