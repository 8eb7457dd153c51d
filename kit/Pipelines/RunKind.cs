using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The two kinds of run.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunKind>))]
public enum RunKind
{
    [JsonStringEnumMemberName("train")]
    Train,

    [JsonStringEnumMemberName("score")]
    Score,
}

/// <summary>The five steps. <see cref="Train"/> belongs to train runs and <see cref="Score"/> to score runs; the
/// others to both.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<StepName>))]
public enum StepName
{
    [JsonStringEnumMemberName("extract")]
    Extract,

    [JsonStringEnumMemberName("features")]
    Features,

    [JsonStringEnumMemberName("train")]
    Train,

    [JsonStringEnumMemberName("score")]
    Score,

    [JsonStringEnumMemberName("report")]
    Report,
}
