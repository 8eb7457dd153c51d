using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>Where a spec breaks the schema, and which rule.</summary>
/// <param name="Instance">The JSON pointer of the value.</param>
/// <param name="Value">The value.</param>
/// <param name="Schema">The rules for it; null for a key that nobody knows.</param>
/// <param name="KeysSchema">For a value under a key that <c>additionalProperties</c> judges: the rules for the mapping.</param>
/// <param name="Keyword">The rule that is broken; empty for a key that nobody knows.</param>
internal sealed record SchemaFinding(string Instance, JsonNode? Value, JsonObject? Schema, JsonObject? KeysSchema, string Keyword)
{
    public bool IsUnknownKey => Keyword.Length == 0 && KeysSchema is not null;

    /// <summary>Where the rule only passes on what a rule further in has found.</summary>
    public bool IsExplainedBelow => Keyword is "additionalProperties" or "properties" or "items";

    public IReadOnlyList<string> KnownKeys => [.. ((KeysSchema ?? Schema)?["properties"] as JsonObject ?? []).Select(property => property.Key)];

    /// <summary>For the rule <c>required</c>: the keys that are missing.</summary>
    public IEnumerable<string> Missing => Schema!["required"]!.AsArray().Select(name => (string)name!).Where(name => Value is JsonObject members && !members.ContainsKey(name));
}

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPath
{
    public static string[] Parts(string pointer) =>
        [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    public static JsonNode? Find(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = node switch
            {
                // The evaluator names "items" twice, once as the keyword and once as its schema.
                JsonObject members when part == "items" && !members.ContainsKey(part) => members,
                JsonObject members => members[part],
                JsonArray items when int.TryParse(part, out var at) && at < items.Count => items[at],
                _ => null,
            };
        }

        return node;
    }
}
