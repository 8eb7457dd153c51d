using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>Whose figures they are, which gives them their colour.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Role>))]
public enum Role
{
    [JsonStringEnumMemberName("model")]
    Model,

    [JsonStringEnumMemberName("champion")]
    Champion,

    [JsonStringEnumMemberName("baseline")]
    Baseline,
}
