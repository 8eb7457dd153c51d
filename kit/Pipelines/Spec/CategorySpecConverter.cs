using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>Reads <c>carrier</c> or <c>{column: tailnum, keep: 500}</c>.</summary>
internal sealed class CategorySpecConverter : JsonConverter<CategorySpec>
{
    internal sealed record Long
    {
        [Description("The column.")]
        public required string Column { get; init; }

        [Description("How many of the most frequent levels are kept.")]
        [Range(1, 100_000)]
        public int? Keep { get; init; }
    }

    public override CategorySpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new CategorySpec { Column = reader.GetString()! };
        }

        var spec =
            JsonSerializer.Deserialize<Long>(ref reader, options)
            ?? throw new JsonException("Expected a column, or {column, keep}.");
        return new CategorySpec { Column = spec.Column, Keep = spec.Keep ?? CategorySpec.KeepByDefault };
    }

    public override void Write(Utf8JsonWriter writer, CategorySpec value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Long { Column = value.Column, Keep = value.Keep }, options);
}
