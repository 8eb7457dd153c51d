using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>What a value is of the labels it may meet.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Aim>))]
public enum Aim
{
    [JsonStringEnumMemberName("mean")]
    Mean,

    [JsonStringEnumMemberName("median")]
    Median,

    [JsonStringEnumMemberName("quantile")]
    Quantile,

    /// <summary>The mean of counts.</summary>
    [JsonStringEnumMemberName("poisson")]
    Poisson,

    /// <summary>The mean of amounts that are often 0.</summary>
    [JsonStringEnumMemberName("tweedie")]
    Tweedie,
}
