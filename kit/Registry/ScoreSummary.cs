using System.Text.Json.Serialization;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary><c>summary.json</c> of the step score: what the report shows.</summary>
public sealed record ScoreSummary : IDocument
{
    /// <summary>How the name of its file begins.</summary>
    public const string Stem = "summary";

    /// <summary>2 since exhibits and facts tell what is shown.</summary>
    public static IReadOnlyList<string> Formats => ["1.0.0", "1.1.0"];

    public int Format { get; init; } = 1;
    public required string Model { get; init; }
    public required long Rows { get; init; }

    /// <summary>Rows at or before the model's learned_through; where there is no time, those that it has
    /// learned.</summary>
    public required long Hindsight { get; init; }
    public required DateTimeOffset PredictedAt { get; init; }

    /// <summary>The table the predictions are in; null for a trial.</summary>
    public string? Table { get; init; }

    /// <summary>What is said of the predictions. Summaries of version 1.0 have neither facts nor exhibits: see
    /// <see cref="ScoreExhibits"/>.</summary>
    public IReadOnlyList<Fact>? Facts { get; init; }

    /// <summary>How the predictions are spread, beside training.</summary>
    public IReadOnlyList<Exhibit>? Exhibits { get; init; }

    /// <summary>What the highest rows are highest in, with its scale.</summary>
    public Axis? Answer { get; init; }

    /// <summary>In summaries of version 1.0; the card says it.</summary>
    public ModelTask? Task { get; init; }

    /// <summary>Counted for facts, and in summaries of version 1.0: rows whose probability reaches the threshold.
    /// </summary>
    public long? Positives { get; init; }

    /// <summary>Counted for an exhibit where answers are classes: the rows of each, in the card's order.</summary>
    public IReadOnlyList<long>? Answered { get; init; }

    /// <summary>Counted for facts, and in summaries of version 1.0: the mean of the predictions.</summary>
    public double? Mean { get; init; }

    /// <summary>Counted for an exhibit, and in summaries of version 1.0: the predictions, in the bins of
    /// <see cref="Card.Scores"/>.</summary>
    public Histogram? Scores { get; init; }

    /// <summary>Every input against the rows the model learned from, the most unusual first.</summary>
    public required IReadOnlyList<MovedInput> Inputs { get; init; }

    /// <summary>How unusual the inputs were beside each block that the model was trained on; null where nobody has
    /// looked: without time, and with a model that does not tell how its inputs were.</summary>
    public MovesTold? Moves { get; init; }

    /// <summary>The rows of the highest predictions.</summary>
    public required IReadOnlyList<TopRow> Highest { get; init; }
}

/// <summary>How an input compares with training.</summary>
/// <param name="Column">The feature's column.</param>
/// <param name="NullShare">The share of nulls now.</param>
/// <param name="TrainedNullShare">The share of nulls in training.</param>
/// <param name="UnseenShare">Of a category: the share of rows with a level that training did not have.</param>
/// <param name="Mean">Of a number: the mean now.</param>
/// <param name="TrainedMean">Of a number: the mean in training.</param>
public sealed record MovedInput(
    string Column,
    double NullShare,
    double TrainedNullShare,
    double? UnseenShare,
    double? Mean,
    double? TrainedMean
)
{
    /// <summary>In summaries of version 1.0, a population stability index; nothing reads it.</summary>
    public double? Moved { get; init; }

    /// <summary>How far what it holds lies from training, where it is not null: 0 alike, 1 nothing in common.</summary>
    public double? Distance { get; init; }

    /// <summary>How unusual the most unusual of its distances is: in scales of the input, beyond the mean of blocks of
    /// the same season.</summary>
    public double? Beyond { get; init; }

    /// <summary>Which of them that is.</summary>
    public MovedIn? In { get; init; }
}

/// <summary>What of an input is unusual.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MovedIn>))]
public enum MovedIn
{
    /// <summary>What it holds where it is not null.</summary>
    [JsonStringEnumMemberName("values")]
    Values,

    /// <summary>Of a text: how long it is.</summary>
    [JsonStringEnumMemberName("lengths")]
    Lengths,

    /// <summary>How often it is null.</summary>
    [JsonStringEnumMemberName("nulls")]
    Nulls,

    /// <summary>How often its level is one that training did not have.</summary>
    [JsonStringEnumMemberName("unseen")]
    Unseen,
}

/// <summary>A row by its key, as text in the order of the key's columns, and its prediction.</summary>
public sealed record TopRow(IReadOnlyList<string> Key, DateTimeOffset Cutoff, double Prediction);
