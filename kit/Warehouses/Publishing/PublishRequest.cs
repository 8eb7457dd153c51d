using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>A run's predictions, and where they come from.</summary>
public sealed record PublishRequest : WriteRequest
{
    public required PredictionsTable Table { get; init; }

    public required PublishedRun Run { get; init; }

    public required PublishedModel Model { get; init; }

    /// <summary>The verdicts on the pipeline's models as they stand now; where the warehouse remembers another it is
    /// corrected.</summary>
    public IReadOnlyList<PublishedVerdict> Verdicts { get; init; } = [];

    /// <summary>
    /// The columns of the parts, as the manifest lists them: the key, <c>cutoff</c>, <c>predicted_at</c>,
    /// <c>hindsight</c> and the task's own (<see cref="PredictionsTable.TaskColumns"/>). Others are left out.
    /// </summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>The parts in any order; each is opened when it is its turn, and disposed by the warehouse. One of 1.0
    /// may have columns under their former names.</summary>
    public required IAsyncEnumerable<PredictionPart> Parts { get; init; }

    /// <summary>The rows of the tables beside that of predictions.</summary>
    public IReadOnlyList<PublishedRows> Sides { get; init; } = [];

    internal PublishedRows Predictions => new(Table, Columns, Parts);
}

/// <summary>The rows that a run has in a table.</summary>
/// <param name="Columns">The columns of the parts: of a side table the key, <c>cutoff</c> and its own.</param>
public sealed record PublishedRows(
    PublishedTable Table,
    IReadOnlyList<Column> Columns,
    IAsyncEnumerable<PredictionPart> Parts
);

/// <summary>A part of what is published, as dataset CSV.</summary>
public sealed record PredictionPart(Stream Content, string Uri);

/// <summary>What came of publishing.</summary>
/// <param name="Rows">The rows the run has in the table now.</param>
/// <param name="Replaced">How many rows of the same run they replaced.</param>
/// <param name="Gone">The tables that somebody had dropped, so that they were made again, empty; null where none
/// was.</param>
public sealed record PublishOutcome(long Rows, long Replaced, string? Gone = null);

/// <summary>A run, as the warehouse remembers it.</summary>
public sealed record PublishedRun
{
    public required string Run { get; init; }
    public required RunKind Kind { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether the model was named by <c>--model</c>: such predictions are not in the view
    /// <c>_current</c>.</summary>
    public required bool ModelOverride { get; init; }
    public required string DefinitionHash { get; init; }

    /// <summary>SHA-256 of the SQL as it was run.</summary>
    public required string SqlSha256 { get; init; }

    /// <summary>The URI of the run's folder in the store.</summary>
    public required string Folder { get; init; }
    public string? Image { get; init; }
    public string? Commit { get; init; }
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it is published. A run that is published again keeps the instant of the first time, for its rows
    /// are the same.</summary>
    public required DateTimeOffset PublishedAt { get; init; }
    public required IReadOnlyList<PublishedStep> Steps { get; init; }

    /// <summary>How each input has moved.</summary>
    public IReadOnlyList<PublishedMove> Moves { get; init; } = [];
}

/// <summary>How an input of the run compares with training: a row of <c>input_moves</c>, whose columns say what each
/// is.</summary>
public sealed record PublishedMove
{
    public required string Input { get; init; }
    public double? Distance { get; init; }
    public double? Beyond { get; init; }
    public string? In { get; init; }
    public double? Bar { get; init; }
    public int? Blocks { get; init; }
    public bool? HasMoved { get; init; }
    public double? NullShare { get; init; }
    public double? TrainedNullShare { get; init; }
    public double? UnseenShare { get; init; }
    public double? Mean { get; init; }
    public double? TrainedMean { get; init; }
}

/// <summary>What a step of the run cost.</summary>
public sealed record PublishedStep(
    StepName Step,
    double Seconds,
    double CpuSeconds,
    long PeakMemoryBytes,
    long BytesIn,
    long BytesOut,
    long Rows
);

/// <summary>Whether a model stands promoted, and why or why not.</summary>
public sealed record PublishedVerdict(string Model, bool Promoted, string Reason);

/// <summary>A model, as the warehouse remembers it.</summary>
public sealed record PublishedModel
{
    public required string Version { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required DateTimeOffset TrainedAt { get; init; }
    public DateTimeOffset? LearnedThrough { get; init; }
    public required string Metric { get; init; }
    public double? Value { get; init; }

    /// <summary>Whether it stands promoted, and why or why not.</summary>
    public required bool Promoted { get; init; }
    public required string Reason { get; init; }
    public required string DefinitionHash { get; init; }

    /// <summary>The SQL it learned from, with its placeholders.</summary>
    public required string Sql { get; init; }
    public required string SqlSha256 { get; init; }

    /// <summary>The manifest of the rows it learned from.</summary>
    public required string TrainingData { get; init; }
    public required string TrainingDataSha256 { get; init; }

    /// <summary>The URI of its package in the store.</summary>
    public required string Package { get; init; }
    public required string CardSha256 { get; init; }
    public string? Image { get; init; }
    public string? Commit { get; init; }
}
