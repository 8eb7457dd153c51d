using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>What is written down of a run when it has ended, and of its pipeline's models.</summary>
public sealed record RunRecord
{
    public required string Pipeline { get; init; }

    /// <summary>Null where nothing of the run is left that tells it.</summary>
    public required RunOutcome? Outcome { get; init; }

    /// <summary>Of a train run that has measured its model.</summary>
    public Training? Training { get; init; }

    /// <summary>What the promotions log says by now of every model of the pipeline.</summary>
    public required IReadOnlyList<TrainingVerdict> Verdicts { get; init; }

    /// <summary>The same of those that have published.</summary>
    public required IReadOnlyList<PublishedVerdict> Models { get; init; }

    /// <summary>When it is recorded.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>How a run ended: a row of <c>run_outcomes</c>.</summary>
/// <param name="Kind">Null, as is the as-of, where the run ended before it could be told.</param>
/// <param name="Model">Of a score run the model it scores with, of a train run the one it has made.</param>
/// <param name="ExitCode">Null where the run has not come to its end, as far as is known.</param>
/// <param name="Sentence">With nothing in it of what stands in rows.</param>
public sealed record RunOutcome(
    string Run,
    RunKind? Kind,
    DateTimeOffset? AsOf,
    string? Model,
    DateTimeOffset EndedAt,
    ExitCode? ExitCode,
    string Sentence
);

/// <summary>What a training has measured: a row of <c>trainings</c>.</summary>
public sealed record Training
{
    public required string Run { get; init; }
    public required DateTimeOffset AsOf { get; init; }
    public required DateTimeOffset TrainedAt { get; init; }
    public required string Metric { get; init; }
    public double? Value { get; init; }

    /// <summary>The ends of the interval, where there is one.</summary>
    public double? Low { get; init; }
    public double? High { get; init; }
    public double? Baseline { get; init; }

    /// <summary>Over the baseline; positive is better.</summary>
    public double? Gain { get; init; }
}

/// <summary>What was decided of a training, by whom and why.</summary>
/// <param name="Verdict">promoted, refused or rolled back.</param>
/// <param name="Champion">Whether its model serves the newest as-ofs.</param>
public sealed record TrainingVerdict(
    string Run,
    string Verdict,
    bool Champion,
    string Reason,
    string DecidedBy,
    DateTimeOffset DecidedAt
);
