using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>A file of the definition and what is in it.</summary>
/// <param name="Name">The name as the spec gives it, relative to the pipeline's folder.</param>
/// <param name="Sha256">In lower case hexadecimal digits.</param>
public sealed record DefinitionFile(string Name, string Sha256);

/// <summary>
/// Fingerprints of what is learned: SHA-256 in lower case hexadecimal digits, over canonical JSON of what the spec says
/// (<see cref="Essence"/>). They begin with their kind, so that two of different kinds are never taken for two answers:
/// version 1.0 hashed its records with every default in them, and its hashes are bare digits.
/// </summary>
public static class Hashes
{
    private const string Kind = "v2:";

    /// <summary>Whether this version would have made it; another must be taken again from what it is of.</summary>
    public static bool IsOfThisKind(string hash) => hash.StartsWith(Kind, StringComparison.Ordinal);

    /// <summary>Equal where the same is learned: the definition and its files.</summary>
    public static string OfDefinition(Definition definition, IEnumerable<DefinitionFile> files) =>
        OfJson(new JsonObject { ["definition"] = Essence.Of(definition), ["files"] = FilesOf(files) });

    /// <summary>Of a definition that version 1.0 froze with every default of its own in it.</summary>
    public static string OfReleased(Definition definition, IEnumerable<DefinitionFile> files) =>
        OfDefinition(
            definition with
            {
                Model = definition.Model with { Options = definition.Model.Options.WithoutReleasedDefaults() },
            },
            files
        );

    /// <summary>Equal where two models answer the same question from the same inputs, and so can be compared: rows,
    /// label and features, with their files.</summary>
    public static string OfComparable(Definition definition, IEnumerable<DefinitionFile> files)
    {
        var said = Essence.Of(definition);

        // How far back training reaches, how many labels may be late, how many levels are kept and into what texts are
        // hashed change what a model has learned, not what it is asked.
        said["rows"]!.AsObject().Remove("history");
        said["label"]?.AsObject().Remove("null_at_most");
        foreach (var feature in Members(said, "categories").Concat(Members(said, "derived")))
        {
            feature.Remove("keep");
        }

        foreach (var text in Members(said, "text"))
        {
            text.Remove("buckets");
        }

        return OfJson(
            new JsonObject
            {
                ["clock"] = said["clock"]?.DeepClone(),
                ["rows"] = said["rows"]?.DeepClone(),
                ["label"] = said["label"]?.DeepClone(),
                ["features"] = said["features"]?.DeepClone(),
                ["task"] = said["model"]?["task"]?.DeepClone(),
                ["files"] = FilesOf(files),
            }
        );
    }

    public static string OfOperations(Operations operations) => OfJson(Essence.Of(operations));

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static IEnumerable<JsonObject> Members(JsonObject said, string features) =>
        said["features"]?[features] switch
        {
            JsonArray items => items.OfType<JsonObject>(),
            JsonObject members => members.Select(member => member.Value).OfType<JsonObject>(),
            _ => [],
        };

    private static JsonArray FilesOf(IEnumerable<DefinitionFile> files) =>
        new([
            .. files
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => JsonSerializer.SerializeToNode(file, Json.Compact)),
        ]);

    private static string OfJson(JsonObject json) =>
        Kind + Of(JsonSerializer.SerializeToUtf8Bytes(Essence.Sorted(json), Json.Compact));
}
