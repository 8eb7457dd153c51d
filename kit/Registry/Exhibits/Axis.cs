using System.Text.Json.Serialization;

namespace Trainyard.Registry;

/// <summary>What figures are figures of: a name, their unit, and the ends of their scale where it has some.</summary>
public sealed record Axis(string Name, Unit Unit = Unit.Number, double? Low = null, double? High = null)
{
    /// <summary>Shares, on the whole of their scale.</summary>
    public static Axis OfShares(string name) => new(name, Unit.Share, 0, 1);
}

[JsonConverter(typeof(JsonStringEnumConverter<Unit>))]
public enum Unit
{
    [JsonStringEnumMemberName("number")]
    Number,

    /// <summary>From 0 to 1, read as per cent.</summary>
    [JsonStringEnumMemberName("share")]
    Share,

    [JsonStringEnumMemberName("count")]
    Count,
}
