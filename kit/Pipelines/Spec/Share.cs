using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>A share of a whole, from 0 to 1, written as <c>5%</c> or <c>0.05</c>.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct Share(double Value)
{
    /// <summary>What the text form looks like, as a regular expression, for the JSON Schema.</summary>
    public const string Pattern = "^(100([.]0+)?|[0-9]{1,2}([.][0-9]+)?) ?%$";

    public static bool TryParse(string? text, out Share share)
    {
        share = default;
        if (
            text is null
            || !text.EndsWith('%')
            || !decimal.TryParse(
                text[..^1],
                NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite,
                CultureInfo.InvariantCulture,
                out var percent
            )
            || percent is < 0 or > 100
        )
        {
            return false;
        }

        share = new Share((double)(percent / 100));
        return true;
    }

    /// <summary>The shortest text that reads as the same share again.</summary>
    public override string ToString() =>
        ((decimal)Value * 100).ToString("0.############", CultureInfo.InvariantCulture) + "%";

    private sealed class Converter : JsonConverter<Share>
    {
        public override Share Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.Number ? new Share(reader.GetDouble())
            : TryParse(reader.GetString(), out var share) ? share
            : throw new JsonException("A share is written as 5% or 0.05.");

        public override void Write(Utf8JsonWriter writer, Share value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}
