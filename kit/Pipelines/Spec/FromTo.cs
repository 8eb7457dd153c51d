using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Trainyard.Pipelines;

/// <summary>A whole number, or between which two one is picked: <c>5</c>, <c>2 to 10</c>.</summary>
[JsonConverter(typeof(Converter))]
public readonly partial record struct FromTo(int From, int To)
{
    /// <summary>What the text form looks like, as a regular expression, for the JSON Schema.</summary>
    public const string Pattern = "^[0-9]{1,4} to [0-9]{1,4}$";

    public const int Least = 2;
    public const int Most = 1000;

    public override string ToString() =>
        From == To
            ? From.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{From} to {To}");

    private static bool TryParse(string text, out FromTo range)
    {
        range = default;
        if (!Text().IsMatch(text))
        {
            return false;
        }

        var ends = text.Split(" to ");
        range = new(int.Parse(ends[0], CultureInfo.InvariantCulture), int.Parse(ends[1], CultureInfo.InvariantCulture));
        return true;
    }

    [GeneratedRegex(Pattern)]
    private static partial Regex Text();

    private sealed class Converter : JsonConverter<FromTo>
    {
        public override FromTo Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count) ? new(count, count)
            : reader.TokenType == JsonTokenType.String && TryParse(reader.GetString()!, out var range) ? range
            : throw new JsonException("Expected a whole number, or two such as '2 to 10'.");

        public override void Write(Utf8JsonWriter writer, FromTo value, JsonSerializerOptions options)
        {
            if (value.From == value.To)
            {
                writer.WriteNumberValue(value.From);
            }
            else
            {
                writer.WriteStringValue(value.ToString());
            }
        }
    }
}
