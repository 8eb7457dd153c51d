using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>The labels that a measure run has read, and what it has measured with them.</summary>
public sealed record MeasureRequest : WriteRequest
{
    public required ActualsTable Table { get; init; }

    public required MeasuredRun Run { get; init; }

    public required IReadOnlyList<LiveMetric> Metrics { get; init; }

    /// <summary>The columns of the parts: key, cutoff and label are among them, the others are left out.</summary>
    public required IReadOnlyList<Column> Columns { get; init; }

    /// <summary>All rows of the run's window, in any order; each part is opened when it is its turn, and disposed by
    /// the warehouse.</summary>
    public required IAsyncEnumerable<PredictionPart> Parts { get; init; }
}

/// <summary>A measure run, as the warehouse remembers it: a row of <c>measured_runs</c>.</summary>
public sealed record MeasuredRun
{
    public required string Run { get; init; }
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The cutoffs whose labels it has read.</summary>
    public required Window Window { get; init; }
    public required string DefinitionHash { get; init; }

    /// <summary>SHA-256 of the SQL as it was run.</summary>
    public required string SqlSha256 { get; init; }

    /// <summary>The URI of the run's folder in the store.</summary>
    public required string Folder { get; init; }
    public string? Image { get; init; }
    public string? Commit { get; init; }
    public required DateTimeOffset MeasuredAt { get; init; }

    /// <summary>Predictions that were held against their labels.</summary>
    public required long Measured { get; init; }

    /// <summary>How many of them were published when their labels could be known already.</summary>
    public required long Replayed { get; init; }

    /// <summary>Predictions whose labels have not arrived.</summary>
    public required long Unlabelled { get; init; }

    /// <summary>Labels of rows that were never predicted.</summary>
    public required long Unpublished { get; init; }

    /// <summary>Rows that were only predicted in hindsight, and are not measured.</summary>
    public required long Hindsight { get; init; }

    /// <summary>What is wrong with the predictions, in sentences, and empty where nothing is; null where there is no
    /// telling.</summary>
    public string? Alarm { get; init; }
}

/// <summary>What predictions came to: a row of <c>live_metrics</c>.</summary>
/// <param name="Cutoffs">Those of the predictions.</param>
/// <param name="Metric">Its name, or <see cref="ObservedToExpected"/>.</param>
public sealed record LiveMetric(Window Cutoffs, string Metric)
{
    /// <summary>The sum of the labels over that of the predictions.</summary>
    public const string ObservedToExpected = "observed_to_expected";

    /// <summary>The share of labels within the intervals that were predicted.</summary>
    public const string Held = "held";

    /// <summary>Null: all that have served, each for the rows that it was asked.</summary>
    public string? Model { get; init; }

    /// <summary>Null: all rows.</summary>
    public string? Slice { get; init; }

    /// <summary>Null where it cannot be computed.</summary>
    public double? Value { get; init; }

    /// <summary>The ends of the interval, where there is one.</summary>
    public double? Low { get; init; }
    public double? High { get; init; }
    public required long Rows { get; init; }

    /// <summary>How many of them were published when their labels could be known already.</summary>
    public long Replayed { get; init; }

    /// <summary>What the baseline of training would have come to.</summary>
    public double? Baseline { get; init; }

    /// <summary>The gain over it; positive is better.</summary>
    public double? Gain { get; init; }
    public double? GainLow { get; init; }
    public double? GainHigh { get; init; }

    /// <summary>What it came to on the holdout, with the interval of that.</summary>
    public double? Promised { get; init; }
    public double? PromisedLow { get; init; }
    public double? PromisedHigh { get; init; }

    /// <summary>How the interval was made, or why there is none.</summary>
    public required string Intervals { get; init; }
}

/// <summary>What became of the labels of a run.</summary>
/// <param name="Added">Rows that the table has got.</param>
/// <param name="Changed">Rows whose label was another, or none.</param>
/// <param name="Removed">Rows that the query no longer returns.</param>
/// <param name="Gone">The table, where somebody had dropped it, so that it was made again, empty; else null.</param>
public sealed record MeasureOutcome(long Added, long Changed, long Removed, string? Gone = null);
