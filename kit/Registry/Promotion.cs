using System.Text.Json.Serialization;
using Trainyard.Stores;

namespace Trainyard.Registry;

/// <summary>An entry of the promotions log, <c>promotions/000007.json</c>. The log is create-only: nothing in it
/// changes.</summary>
public sealed record Promotion : IDocument
{
    public int Format { get; init; } = 1;
    public required int Number { get; init; }
    public required PromotionKind Kind { get; init; }

    /// <summary>The model promoted, refused, or returned to. Of a rollback for the record only: the champion follows
    /// from what is undone. Null where a rollback leaves none.</summary>
    public string? Model { get; init; }

    /// <summary>From which as-of on the model serves; of a rollback that of the promotion it undoes.</summary>
    public required DateTimeOffset EffectiveAsOf { get; init; }

    /// <summary>Of a rollback: the number of the entry that it undoes.</summary>
    public int? Undoes { get; init; }
    public required DateTimeOffset At { get; init; }
    public required string Who { get; init; }
    public required string Why { get; init; }

    /// <summary>Who has promoted or refused a model where nobody did by hand.</summary>
    public static string TrainRun(string model) => $"train run {model}";

    /// <summary>Whether it promotes or refuses the model.</summary>
    public bool IsDecisionOn(string model) => Kind != PromotionKind.Rollback && Model == model;
}

[JsonConverter(typeof(JsonStringEnumConverter<PromotionKind>))]
public enum PromotionKind
{
    [JsonStringEnumMemberName("promote")]
    Promote,

    [JsonStringEnumMemberName("refuse")]
    Refuse,

    [JsonStringEnumMemberName("rollback")]
    Rollback,
}
