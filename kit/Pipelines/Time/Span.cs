using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>
/// A length of time as the spec writes it: <c>28 days</c>, <c>3470 hours</c>, <c>1 month</c>. Hours are exact; days,
/// weeks and months are calendar units in the pipeline's zone, so a length becomes a duration only on a
/// <see cref="Clock"/>.
/// </summary>
[JsonConverter(typeof(Converter))]
public readonly record struct Span(int Count, SpanUnit Unit)
{
    /// <summary>What <see cref="TryParse"/> accepts, as a regular expression, for the JSON Schema.</summary>
    public const string Pattern = "^[0-9]{1,7} (hour|day|week|month)s?$";

    /// <summary>The least number of days that is not shorter, whichever days they are.</summary>
    public int DaysOrMore =>
        Unit switch
        {
            SpanUnit.Hour => (Count + 23) / 24,
            SpanUnit.Day => Count,
            SpanUnit.Week => 7 * Count,
            _ => 31 * Count,
        };

    public static Span Days(int count) => new(count, SpanUnit.Day);

    public static bool TryParse([NotNullWhen(true)] string? text, out Span span)
    {
        span = default;
        var words = text?.Split(' ') ?? [];
        if (
            words is not [var count, var unit]
            || !int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || unit.Length == 0
        )
        {
            return false;
        }

        var singular = unit.EndsWith('s') ? unit[..^1] : unit;
        if (
            singular.Any(char.IsUpper)
            || !Enum.TryParse<SpanUnit>(singular, ignoreCase: true, out var parsed)
            || char.IsDigit(singular[0])
        )
        {
            return false;
        }

        span = new Span(number, parsed);
        return true;
    }

    public override string ToString() => $"{Count} {EnumText.Of(Unit)}{(Count == 1 ? "" : "s")}";

    private sealed class Converter : JsonConverter<Span>
    {
        public override Span Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TryParse(reader.GetString(), out var span)
                ? span
                : throw new JsonException("A length of time is a number and a unit, such as '28 days'.");

        public override void Write(Utf8JsonWriter writer, Span value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

public enum SpanUnit
{
    Hour,
    Day,
    Week,
    Month,
}
