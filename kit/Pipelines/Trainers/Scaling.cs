using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>In what a number is measured where distances count.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Scaling>))]
public enum Scaling
{
    /// <summary>In its own unit.</summary>
    [JsonStringEnumMemberName("none")]
    None,

    /// <summary>In standard deviations of the rows learned.</summary>
    [JsonStringEnumMemberName("standard")]
    Standard,
}
