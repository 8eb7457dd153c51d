using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Hosting;

/// <summary>Does a step's work for one run and says what came of it. The manifest is written by whoever calls
/// it.</summary>
public delegate Task<StepOutcome> StepAction(StepContext context, CancellationToken cancel);

/// <summary>One of the steps: a console program whose command line is the same for <c>dotnet run</c>, <c>docker
/// run</c> and Airflow.</summary>
public sealed record Step
{
    public required StepName Name { get; init; }

    /// <summary>What it does, in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>Settings beside those that every step has.</summary>
    public IReadOnlyList<Setting> Settings { get; init; } = [];

    public required StepAction RunAsync { get; init; }

    /// <summary>What the program can do beside its step.</summary>
    public IReadOnlyList<Command> Commands { get; init; } = [];

    /// <summary>The manifest that the command line asks for: the whole step's, or that of a shard.</summary>
    public Func<StepContext, string> ManifestOf { get; init; } = _ => RunFolder.ManifestFile;

    /// <summary>What run the command line asks for, as far as it can be told: for a failure before the run is
    /// frozen.</summary>
    public Func<StepContext, AskedRun?> AskedFor { get; init; } = _ => null;

    /// <summary>Called when the step's manifest stands already: throws when the run is asked for as something that it
    /// is not.</summary>
    public Func<StepContext, StandingManifest, CancellationToken, Task>? CheckAsync { get; init; }
}

/// <summary>What came of a step; it becomes the manifest.</summary>
/// <param name="Code">0, or 99 where there was nothing to do; another where it is done, and somebody must hear what it
/// found.</param>
/// <param name="Sentence">What was done, for a person.</param>
public sealed record StepOutcome(ExitCode Code, string Sentence)
{
    public IReadOnlyList<ManifestInput> Inputs { get; init; } = [];
    public DatasetInfo? Dataset { get; init; }
    public IReadOnlyList<StoredFile> Files { get; init; } = [];
    public IReadOnlyList<ColumnProfile>? Profile { get; init; }

    /// <summary>Figures of the step's own, for people and <c>--output json</c>.</summary>
    public System.Text.Json.Nodes.JsonObject Details { get; init; } = [];
}

/// <summary>A run that is asked for and is not there yet.</summary>
public sealed record AskedRun(RunKind Kind, DateTimeOffset? AsOf, bool IsTrial);
