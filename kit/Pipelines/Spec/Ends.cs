using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>The least and the greatest value of something that is searched, as the spec writes it: <c>[15, 255]</c>, or
/// of a share <c>[50%, 100%]</c>.</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct Ends(double Low, double High)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Low}, {High}]");

    private sealed class Converter : JsonConverter<Ends>
    {
        public override Ends Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                throw new JsonException("Expected two values, such as [15, 255].");
            }

            var values = new List<double>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                values.Add(
                    reader.TokenType == JsonTokenType.Number ? reader.GetDouble()
                    : reader.TokenType == JsonTokenType.String && Share.TryParse(reader.GetString(), out var share)
                        ? share.Value
                    : throw new JsonException("Expected numbers, or shares such as 50%.")
                );
            }

            return values is [var low, var high]
                ? new Ends(low, high)
                : throw new JsonException("Expected two values, such as [15, 255].");
        }

        public override void Write(Utf8JsonWriter writer, Ends value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.Low);
            writer.WriteNumberValue(value.High);
            writer.WriteEndArray();
        }
    }
}
