using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>How many of something at most: a number, or <c>all</c>.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct Most(int Count)
{
    /// <summary>What the text form looks like, as a regular expression, for the JSON Schema.</summary>
    public const string Pattern = "^all$";

    /// <summary>The greatest number that can be written.</summary>
    public const int Greatest = 1000;

    private const string AllText = "all";

    public static Most All { get; } = new(int.MaxValue);

    public static Most ByDefault { get; } = new(5);

    public override string ToString() => this == All ? AllText : Count.ToString(CultureInfo.InvariantCulture);

    private sealed class Converter : JsonConverter<Most>
    {
        public override Most Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number
            && reader.TryGetInt32(out var count)
            && count is >= 0 and <= Greatest
                ? new Most(count)
            : reader.TokenType == JsonTokenType.String && reader.GetString() == AllText ? All
            : throw new JsonException($"Expected a number from 0 to {Greatest}, or {AllText}.");

        public override void Write(Utf8JsonWriter writer, Most value, JsonSerializerOptions options)
        {
            if (value == All)
            {
                writer.WriteStringValue(AllText);
            }
            else
            {
                writer.WriteNumberValue(value.Count);
            }
        }
    }
}
