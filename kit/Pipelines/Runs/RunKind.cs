using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The kinds of run; what each of them is says its <see cref="RunShape"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunKind>))]
public enum RunKind
{
    [JsonStringEnumMemberName("train")]
    Train,

    [JsonStringEnumMemberName("score")]
    Score,

    [JsonStringEnumMemberName("measure")]
    Measure,
}

/// <summary>The steps; which of them a run takes says its <see cref="RunShape"/>.</summary>
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

    [JsonStringEnumMemberName("measure")]
    Measure,

    [JsonStringEnumMemberName("report")]
    Report,
}
