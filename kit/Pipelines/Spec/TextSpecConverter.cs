using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>Reads <c>body</c> or <c>{column: body, buckets: 65536}</c>.</summary>
internal sealed class TextSpecConverter : JsonConverter<TextSpec>
{
    internal sealed record Long
    {
        [Description("The column.")]
        public required string Column { get; init; }

        [Description("Into how many buckets words are hashed. What shares a bucket counts as one.")]
        [Range(1024, 4_194_304)]
        public int? Buckets { get; init; }
    }

    public override TextSpec Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new TextSpec { Column = reader.GetString()! };
        }

        var spec =
            JsonSerializer.Deserialize<Long>(ref reader, options)
            ?? throw new JsonException("Expected a column, or {column, buckets}.");
        return new TextSpec { Column = spec.Column, Buckets = spec.Buckets ?? TextSpec.BucketsByDefault };
    }

    public override void Write(Utf8JsonWriter writer, TextSpec value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Long { Column = value.Column, Buckets = value.Buckets }, options);
}
