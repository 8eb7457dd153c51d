using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>Reads and writes an item of a list by its name.</summary>
internal sealed class ListedConverter<T> : JsonConverter<T>
    where T : class, IListed<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var name = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        return T.All.FirstOrDefault(item => item.Name == name)
            ?? throw new JsonException($"'{name}' is none of {string.Join(", ", T.All.Select(item => item.Name))}.");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Name);
}
