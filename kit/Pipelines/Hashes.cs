using System.Security.Cryptography;
using System.Text.Json;

namespace Trainyard.Pipelines;

/// <summary>A file of the definition and what is in it.</summary>
/// <param name="Name">The name as the spec gives it, relative to the pipeline's folder.</param>
/// <param name="Sha256">In lower case hexadecimal digits.</param>
public sealed record DefinitionFile(string Name, string Sha256);

/// <summary>Fingerprints of what is learned. SHA-256 over compact JSON with fixed member order, in lower case
/// hexadecimal digits.</summary>
public static class Hashes
{
    /// <summary>Equal where the same is learned: the definition and its files.</summary>
    public static string OfDefinition(Definition definition, IEnumerable<DefinitionFile> files) =>
        OfJson(new { definition, files = files.OrderBy(file => file.Name, StringComparer.Ordinal) });

    /// <summary>Equal where two models answer the same question from the same inputs, and so can be compared: rows,
    /// label and features, with their files.</summary>
    public static string OfComparable(Definition definition, IEnumerable<DefinitionFile> files) =>
        OfJson(
            new
            {
                definition.Clock,
                // How far back training reaches changes what a model has learned, not what it is asked.
                rows = definition.Rows with
                {
                    History = default,
                },
                definition.Label,
                definition.Features,
                definition.Model.Task,
                files = files.OrderBy(file => file.Name, StringComparer.Ordinal),
            }
        );

    public static string OfOperations(Operations operations) => OfJson(operations);

    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string OfJson<T>(T value) => Of(JsonSerializer.SerializeToUtf8Bytes(value, Json.Compact));
}
