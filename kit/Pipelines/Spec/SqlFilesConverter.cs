using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>Reads <c>rows.sql</c> or <c>{train: a.sql, score: b.sql}</c>.</summary>
internal sealed class SqlFilesConverter : JsonConverter<SqlFiles>
{
    internal sealed record Two
    {
        [Description("The SQL file of the rows to learn from.")]
        public required string Train { get; init; }

        [Description("The SQL file of the rows to score.")]
        public required string Score { get; init; }
    }

    public override SqlFiles Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            var file = reader.GetString()!;
            return new SqlFiles(file, file);
        }

        var two =
            JsonSerializer.Deserialize<Two>(ref reader, options)
            ?? throw new JsonException("Expected a file, or {train: FILE, score: FILE}.");
        return new SqlFiles(two.Train, two.Score);
    }

    public override void Write(Utf8JsonWriter writer, SqlFiles value, JsonSerializerOptions options)
    {
        if (value.Train == value.Score)
        {
            writer.WriteStringValue(value.Train);
        }
        else
        {
            JsonSerializer.Serialize(writer, new Two { Train = value.Train, Score = value.Score }, options);
        }
    }
}
