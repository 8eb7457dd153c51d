using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Which rows: the query, and what identifies a row.</summary>
public sealed record RowsSpec
{
    [Description("The SQL file, or one each for training and scoring: {train: FILE, score: FILE}.")]
    public required SqlFiles Sql { get; init; }

    [Description("The columns that name the entity.")]
    [MinLength(1)]
    public required IReadOnlyList<string> Key { get; init; }

    [Description(
        "The timestamptz column of the instant at which a row's prediction is, or would have been, made. "
            + "Without it the table has no time."
    )]
    public string? Cutoff { get; init; }

    [Description("How far back training rows reach.")]
    public Span History { get; init; } = Span.Days(365);

    [System.Text.Json.Serialization.JsonIgnore]
    public bool HasTime => Cutoff is not null;
}

/// <summary>The SQL of the two windows; one file for both unless the spec says otherwise.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(SqlFilesConverter))]
public sealed record SqlFiles(string Train, string Score);

/// <summary>What is predicted.</summary>
public sealed record LabelSpec
{
    [Description(
        "The column of the label. Boolean, or 0 and 1, for the task binary; a text, an integer or a boolean for "
            + "multiclass; a number for regression."
    )]
    public required string Column { get; init; }

    [Description("Binary: the value that is positive, where the label is a text or has other values than 0 and 1.")]
    public string? Positive { get; init; }

    [Description(
        "How long after a row's cutoff its label is known for certain. Required where there is a cutoff: a "
            + "default would be the leak."
    )]
    public Span? KnownAfter { get; init; }

    [Description("The share of the holdout's labels that may be null; more of them are late.")]
    public Share NullAtMost { get; init; } = new(0.05);
}
