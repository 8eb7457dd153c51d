using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>How the model learns.</summary>
public sealed record ModelSpec : IJsonOnDeserialized
{
    private readonly Trainer? _trainer;
    private TrainerOptions? _options;
    private JsonElement? _unread;

    [Description("What kind of answer the model gives.")]
    public required ModelTask Task { get; init; }

    [Description("The algorithm.")]
    public Trainer Trainer
    {
        get => _trainer ?? Task.Trainers[0];
        init => _trainer = value;
    }

    /// <summary>Of the record that the trainer declares.</summary>
    [JsonIgnore]
    public TrainerOptions Options
    {
        get => _options ?? Trainer.Options;
        init => _options = value;
    }

    /// <summary>The options as JSON: which record they are is known when the trainer is.</summary>
    [Description("The algorithm's settings.")]
    [JsonInclude]
    [JsonPropertyName("options")]
    internal OptionsJson OptionsJson
    {
        get => new(JsonSerializer.SerializeToElement(Options, Options.GetType(), Json.Compact));
        init => _unread = value.Value;
    }

    [Description("How rows are divided into fit, validation and holdout.")]
    public SplitSpec Split { get; init; } = new();

    [Description(
        "Which fit answers. all: one that has learned every row with a mature label, the holdout included. measured: "
            + "the one that was measured on the holdout."
    )]
    public Serve Serve { get; init; } = Serve.All;

    [Description("Binary: whether the two classes weigh the same in fitting.")]
    public ClassWeights Weights { get; init; } = ClassWeights.None;

    [Description(
        "How scores become probabilities, learned on validation. Binary: none, isotonic (the default where classes "
            + "are weighted). Multiclass: temperature, none."
    )]
    public Calibration? Calibrate { get; init; }

    [Description("Binary: how the probability from which a row counts as positive is chosen, on validation.")]
    public ThresholdSpec Threshold { get; init; } = new();

    [Description("Regression: what a value is of the labels it may meet. Default: what the metric is best with.")]
    public Aim? Objective { get; init; }

    [Description("Regression: which quantile the objective quantile learns, and the metric pinball measures.")]
    [Example("0.9")]
    public Share? Quantile { get; init; }

    [Description("Regression, with the objective tweedie: from 1 (poisson) to 2 (gamma). Default: 1.5.")]
    [Range(1.0, 2.0)]
    public double? Power { get; init; }

    [Description("Regression: the share of labels that are to lie between low and high, which are then published.")]
    [Example("80%")]
    public Share? Interval { get; init; }

    [Description("Anomaly: the share of rows to flag, by which validation picks the score. Default: 1%.")]
    [Example("1%")]
    public Share? Flag { get; init; }

    [Description("Numbers in which the answer may only rise, or only fall.")]
    public ConstraintsSpec? Constraints { get; init; }

    [Description(
        "Multiclass: what it costs to answer a row of one class with another: {CLASS: {ANSWER: 5}}. What is not said "
            + "costs 1, and the right answer 0. The answer of least expected cost is predicted."
    )]
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? Cost { get; init; }

    void IJsonOnDeserialized.OnDeserialized() =>
        (_options, _unread) = (
            _unread is { } json ? (TrainerOptions)json.Deserialize(Trainer.Options.GetType(), Json.Compact)! : null,
            null
        );
}

[JsonConverter(typeof(JsonStringEnumConverter<Serve>))]
public enum Serve
{
    [JsonStringEnumMemberName("all")]
    All,

    [JsonStringEnumMemberName("measured")]
    Measured,
}

[JsonConverter(typeof(JsonStringEnumConverter<ClassWeights>))]
public enum ClassWeights
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("balanced")]
    Balanced,
}

[JsonConverter(typeof(JsonStringEnumConverter<Calibration>))]
public enum Calibration
{
    [JsonStringEnumMemberName("none")]
    None,

    [JsonStringEnumMemberName("isotonic")]
    Isotonic,

    [JsonStringEnumMemberName("temperature")]
    Temperature,
}

/// <summary>How rows are divided: in time order, or where there is no time by a hash of the key.</summary>
public sealed record SplitSpec
{
    [Description("time: in the order of cutoffs. key: by a hash of the key, for tables without time.")]
    public SplitBy? By { get; init; }

    [Description(
        "In how many folds of the rows beside the holdout size, calibration and threshold are found, each answered by "
            + "a fit of the others (in time: of what came before); 1: on validation."
    )]
    [Range(1, 20)]
    public int Folds { get; init; } = 1;

    [Description("The size of validation: a length of time, or a share such as 15% when split by key.")]
    public SplitSize Validation { get; init; } = UsualSize;

    [Description("The size of the holdout: a length of time, or a share such as 15% when split by key.")]
    public SplitSize Holdout { get; init; } = UsualSize;

    private static SplitSize UsualSize => new(Span.Days(28), new Share(0.15));

    /// <summary>Whether validation has another size than it would have anyway.</summary>
    internal bool SaysValidation =>
        By == SplitBy.Key ? Validation.Share != UsualSize.Share : Validation.Span != UsualSize.Span;
}

[JsonConverter(typeof(JsonStringEnumConverter<SplitBy>))]
public enum SplitBy
{
    [JsonStringEnumMemberName("time")]
    Time,

    [JsonStringEnumMemberName("key")]
    Key,
}

/// <summary>A part's size: its length of time, or its share of the keys. The default carries both; which counts is
/// the split's kind.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct SplitSize(Span Span, Share Share)
{
    /// <summary>What the text form looks like, as a regular expression, for the JSON Schema.</summary>
    public const string Pattern = "^([0-9]{1,7} (hour|day|week|month)s?|[0-9]{1,2}([.][0-9]+)? ?%)$";

    /// <summary>Whether it is a length of time (or the default).</summary>
    public bool IsSpan => Span.Count > 0;

    /// <summary>Whether it is a share (or the default).</summary>
    public bool IsShare => Share.Value > 0;

    public override string ToString() => IsSpan ? Span.ToString() : Share.ToString();

    private sealed class Converter : JsonConverter<SplitSize>
    {
        public override SplitSize Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return Span.TryParse(text, out var span) ? new SplitSize(span, default)
                : Share.TryParse(text, out var share) ? new SplitSize(default, share)
                : throw new JsonException(
                    "A part's size is a length of time such as '28 days', or a share such as 15%."
                );
        }

        public override void Write(Utf8JsonWriter writer, SplitSize value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

/// <summary>How the threshold is chosen: by what a wrong answer costs, or fixed.</summary>
public sealed record ThresholdSpec
{
    [Description("The costs of the two kinds of error; the threshold with the least cost on validation is taken.")]
    public CostSpec? Cost { get; init; }

    [Description("A fixed probability instead.")]
    [Range(0.0, 1.0)]
    public double? At { get; init; }
}

public sealed record CostSpec
{
    [Description("The cost of a positive answer for a negative row.")]
    [Range(0.0, 1e12)]
    public double FalseAlarm { get; init; } = 1;

    [Description("The cost of a negative answer for a positive row.")]
    [Range(0.0, 1e12)]
    public double Miss { get; init; } = 1;
}
