using System.Text.Json.Serialization;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>What is read out of a file's output.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerForm>))]
internal enum AnswerForm
{
    /// <summary>A number as it is.</summary>
    [JsonStringEnumMemberName("value")]
    Value,

    /// <summary>The probability of the positive class: the only number of a row, or the second of two.</summary>
    [JsonStringEnumMemberName("probability")]
    Probability,

    /// <summary>The probability of each class.</summary>
    [JsonStringEnumMemberName("classes")]
    Classes,
}
