using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>
/// How documents of the store hold what a spec says: in the form of the oldest version whose specs could say it. Each
/// release leaves the schema of its specs, so a key, a word or a range that came later is known for one without a mark.
/// </summary>
public static class SpecForm
{
    private static readonly IReadOnlyList<ReleasedSpecs> Released = [ReleasedSpecs.Read("1.0.0")];

    /// <summary>The versions whose specs can say more than those before, the first first. All but the last left their
    /// schema.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["1.0.0", "1.1.0"];

    /// <summary>The oldest version that understands all that is said.</summary>
    public static string VersionOf(Definition definition) => Of(definition).Version;

    /// <inheritdoc cref="VersionOf(Definition)"/>
    public static string VersionOf(Operations operations) => Of(operations).Version;

    private static (string Version, JsonObject Json) Of<T>(T said)
    {
        var all = JsonSerializer.SerializeToNode(said, Json.Options)!.AsObject();
        foreach (var release in Released)
        {
            var json = all.DeepClone().AsObject();
            release.LeaveOut(json, () => Means(json, said));
            if (release.Knows(json))
            {
                return (release.Version, json);
            }
        }

        return (Versions[^1], all);
    }

    private static bool Means<T>(JsonObject json, T said)
    {
        try
        {
            return JsonSerializer.Serialize(json.Deserialize<T>(Json.Compact), Json.Compact)
                == JsonSerializer.Serialize(said, Json.Compact);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Of a member of a document.</summary>
    public sealed class Converter<T> : JsonConverter<T>
    {
        public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T>(ref reader, options);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            Of(value).Json.WriteTo(writer, options);
    }
}
