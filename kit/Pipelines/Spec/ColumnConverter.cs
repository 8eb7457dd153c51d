using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>Reads what is said of a column from its name alone, or in full: <c>{column: carrier, …}</c>; writes it in
/// full.</summary>
/// <param name="form">The full form, for who wrote neither.</param>
internal abstract class ColumnConverter<TSpec, TFull>(string form) : JsonConverter<TSpec>
    where TFull : class
{
    public sealed override TSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? Of(reader.GetString()!)
            : Of(
                JsonSerializer.Deserialize<TFull>(ref reader, options)
                    ?? throw new JsonException($"Expected a column, or {form}.")
            );

    public sealed override void Write(Utf8JsonWriter writer, TSpec value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, InFull(value), options);

    protected abstract TSpec Of(string column);

    protected abstract TSpec Of(TFull full);

    protected abstract TFull InFull(TSpec spec);
}
