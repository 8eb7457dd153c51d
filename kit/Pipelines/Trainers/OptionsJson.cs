using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>A trainer's options before the trainer is known. Their schema is that of the trainers'.</summary>
[JsonConverter(typeof(Converter))]
internal readonly record struct OptionsJson(JsonElement Value)
{
    private sealed class Converter : JsonConverter<OptionsJson>
    {
        public override OptionsJson Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => new(JsonElement.ParseValue(ref reader));

        public override void Write(Utf8JsonWriter writer, OptionsJson value, JsonSerializerOptions options) =>
            value.Value.WriteTo(writer);
    }
}
