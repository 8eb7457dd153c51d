using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>What a shard leaves for whoever publishes: the file <c>scores-….json</c> that its manifest vouches
/// for.</summary>
internal sealed record ShardScores : IDocument
{
    public const string Stem = "scores";

    /// <summary>2 since parts can have rows in tables beside that of predictions, and reasons.</summary>
    public static IReadOnlyList<string> Formats => ["1.0.0", "1.1.0"];

    public int Format { get; init; } = 1;

    public required Shard Shard { get; init; }

    /// <summary>The model it was scored with, and the SHA-256 of its card.</summary>
    public required string Model { get; init; }
    public required string CardSha256 { get; init; }

    /// <summary>The SHA-256 of the manifest of the features that were scored.</summary>
    public required string FeaturesSha256 { get; init; }
    public required DateTimeOffset PredictedAt { get; init; }
    public required IReadOnlyList<ScoredPart> Parts { get; init; }
}
