using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>
/// <c>failed-….json</c> in a step's folder: what an attempt at the step has failed of. It counts until the step's
/// manifest stands, and is for people only: no step reads it.
/// </summary>
public sealed record StepFailure : IDocument
{
    public int Format { get; init; } = 1;
    public required string Pipeline { get; init; }
    public required string Run { get; init; }
    public required StepName Step { get; init; }

    /// <summary>The manifest that the attempt would have written: the step's, or a shard's.</summary>
    public string Manifest { get; init; } = RunFolder.ManifestFile;

    /// <summary>Kind and as-of of the run, or those asked for where it is not frozen yet; null where even that could
    /// not be told.</summary>
    public RunKind? Kind { get; init; }
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Whether the run was to be a trial.</summary>
    public bool IsTrial { get; init; }
    public required ExitCode ExitCode { get; init; }

    /// <summary>The step's last words.</summary>
    public required string Sentence { get; init; }

    /// <summary>The same without what stands in rows; null where they quote none.</summary>
    public string? Outline { get; init; }
    public required DateTimeOffset At { get; init; }
}
