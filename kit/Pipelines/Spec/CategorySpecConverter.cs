using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>Reads <c>carrier</c> or <c>{column: tailnum, keep: 500}</c>.</summary>
internal sealed class CategorySpecConverter : JsonConverter<CategorySpec>
{
    private sealed record Long(string Column, int? Keep);

    public override CategorySpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new CategorySpec { Column = reader.GetString()! };
        }

        var spec = JsonSerializer.Deserialize<Long>(ref reader, options) ?? throw new JsonException("Expected a column, or {column, keep}.");
        return new CategorySpec { Column = spec.Column, Keep = spec.Keep ?? CategorySpec.KeepByDefault };
    }

    public override void Write(Utf8JsonWriter writer, CategorySpec value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Long(value.Column, value.Keep), options);
}
