using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>How trees part the levels of a category.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LevelSplits>))]
public enum LevelSplits
{
    /// <summary>The first ones from the others, by the ranks that the encoder gives them.</summary>
    [JsonStringEnumMemberName("ranks")]
    Ranks,

    /// <summary>Any of them from the others.</summary>
    [JsonStringEnumMemberName("sets")]
    Sets,
}
