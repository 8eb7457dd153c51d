using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The losses without their parameters.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LossKind>))]
public enum LossKind
{
    /// <summary>What the trainer makes small by itself, of rows without labels.</summary>
    [JsonStringEnumMemberName("own")]
    Own,

    [JsonStringEnumMemberName("logistic")]
    Logistic,

    [JsonStringEnumMemberName("softmax")]
    Softmax,

    [JsonStringEnumMemberName("squared")]
    Squared,

    [JsonStringEnumMemberName("absolute")]
    Absolute,

    [JsonStringEnumMemberName("quantile")]
    Quantile,

    [JsonStringEnumMemberName("poisson")]
    Poisson,

    [JsonStringEnumMemberName("tweedie")]
    Tweedie,
}
