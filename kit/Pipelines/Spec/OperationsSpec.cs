using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What a new model must reach. Gains are in the metric's own unit, positive when better.</summary>
public sealed record GateSpec
{
    [Description("The gain over the baseline must be above this, at the lower end of its 95 % interval.")]
    public double BetterThanBaselineBy { get; init; }

    [Description("How much worse than the champion the model may be. Default: 1 % of the champion's metric.")]
    [Range(0.0, 1e12)]
    public double? WorseByAtMost { get; init; }

    [Description("A metric better than this is taken for a leak, and refused. Off by default.")]
    public double? SuspiciousBeyond { get; init; }

    [Description("What is resampled whole for the intervals: all rows of a cutoff, all rows of a key, or single rows.")]
    public Resample? Resample { get; init; }

    [Description(
        "Clustering: how alike two fits must be that have each learned half of the rows, as the adjusted Rand index of "
            + "their clusters: 1 is the same, 0 is chance. Default: 0.5."
    )]
    [Range(-1.0, 1.0)]
    public double? StableAtLeast { get; init; }

    [Description(
        "Clustering: the share of rows that may be in another cluster than the champion has them in. Default: 20%."
    )]
    public Share? MovedAtMost { get; init; }

    [Description(
        "Anomaly: the share of the holdout that may be flagged. Default: five times model.flag, or 5% where that is "
            + "less."
    )]
    public Share? FlaggedAtMost { get; init; }

    [Description(
        "A column of the query with a naive forecast, known at the cutoff, to be the baseline. Default: the "
            + "constant that is best in the metric."
    )]
    [Example("rented_a_week_ago")]
    public string? Baseline { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<Resample>))]
public enum Resample
{
    [JsonStringEnumMemberName("cutoff")]
    Cutoff,

    [JsonStringEnumMemberName("key")]
    Key,

    [JsonStringEnumMemberName("row")]
    Row,
}

/// <summary>Limits for the inputs of a score run, against what the model learned from.</summary>
public sealed record InputsSpec
{
    [Description(
        "A score run with fewer rows than this share of the median of comparable blocks of training (the same "
            + "weekday; by the hour, the same hour of the week), and than nine tenths of their 2nd percentile, is "
            + "held back: its rows may not be there yet. 0% holds none back."
    )]
    public Share Rows { get; init; } = new(0.65);

    [Description("How long after its as-of a run that is held back is waited for.")]
    public Span Wait { get; init; } = new(4, SpanUnit.Hour);

    [Description(
        "What to do where an input is more unusual than in any block of training, of which there are at least 99: "
            + "report it, or refuse the run."
    )]
    public OnMoved Moved { get; init; } = OnMoved.Report;

    [Description("The share of rows of a category whose level was not seen in training.")]
    public Share UnseenAtMost { get; init; } = new(0.10);

    [Description("How far the share of nulls of a column may rise above that in training.")]
    public Share NullRiseAtMost { get; init; } = new(0.20);
}

[JsonConverter(typeof(JsonStringEnumConverter<OnMoved>))]
public enum OnMoved
{
    [JsonStringEnumMemberName("report")]
    Report,

    [JsonStringEnumMemberName("refuse")]
    Refuse,
}

/// <summary>Limits for what predictions have come to, against what the holdout promised.</summary>
public sealed record MeasureSpec
{
    [Description(
        "How much worse than promised the metric may be, as a share of what was promised: its whole 95 % interval must "
            + "lie beyond for an alarm."
    )]
    public Share WorseByAtMost { get; init; } = new(0.10);
}

/// <summary>Cron expressions in the pipeline's zone.</summary>
public sealed record ScheduleSpec
{
    [Description("When a train run starts: five cron fields.")]
    [Example("0 6 * * SUN")]
    public string? Train { get; init; }

    [Description("When a score run starts: five cron fields.")]
    [Example("0 1 * * *")]
    public string? Score { get; init; }

    [Description("When a measure run starts: five cron fields. Default: when a score run does.")]
    [Example("0 3 * * *")]
    public string? Measure { get; init; }

    [Description("The wall time by which a day's predictions must be there: HH:MM.")]
    [RegularExpression("([01][0-9]|2[0-3]):[0-5][0-9]")]
    [Example("02:00")]
    public string? ExpectedBy { get; init; }

    /// <summary>When runs of a kind start; null where nobody starts them but by hand.</summary>
    public string? Of(RunKind kind) =>
        kind switch
        {
            RunKind.Train => Train,
            RunKind.Measure => Measure ?? Score,
            _ => Score,
        };
}

public sealed record PredictionsSpec
{
    [Description("The table in schema trainyard. Default: NAME_predictions.")]
    [RegularExpression("[a-z][a-z0-9_]{0,54}")]
    [Example("flights_predictions")]
    public string? Table { get; init; }

    [Description(
        "Multiclass: how many classes of each row, likeliest first, NAME_predictions_classes has: a number, or all."
    )]
    public Most? Classes { get; init; }

    [Description("What moved the answers most, row by row, in the table TABLE_reasons. Off by default.")]
    public ReasonsSpec? Reasons { get; init; }
}

/// <summary>The reasons that are published.</summary>
public sealed record ReasonsSpec
{
    [Description("How many columns are told for a row, the strongest first.")]
    [Range(1, 100)]
    public int Top { get; init; } = 3;

    [Description("For which share of a run's rows: those with the highest answers.")]
    public Share Of { get; init; } = new(1);
}

public sealed record RetentionSpec
{
    [Description("How long runs are kept.")]
    public Span Runs { get; init; } = Span.Days(90);

    [Description(
        "How long rows in the warehouse are kept by their cutoffs: predictions and what stands beside them, labels, "
            + "figures. `trainyard gc` deletes older ones. Default: all are kept."
    )]
    [Example("24 months")]
    public Span? Warehouse { get; init; }
}
