using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>Where a spec breaks the schema, and which rule.</summary>
/// <param name="Instance">The JSON pointer of the value.</param>
/// <param name="Value">The value.</param>
/// <param name="Schema">The rules for it; null for a key that nobody knows.</param>
/// <param name="Around">For a key that nobody knows: the rules for the mapping it stands in.</param>
/// <param name="Keyword">The rule that is broken.</param>
internal sealed record SchemaFinding(
    string Instance,
    JsonNode? Value,
    JsonObject? Schema,
    JsonObject? Around,
    string Keyword
)
{
    public bool IsUnknownKey => Schema is null;

    /// <summary>Where the rule only passes on what a rule further in has found.</summary>
    public bool IsExplainedBelow => Keyword is "additionalProperties" or "properties" or "items";

    public IReadOnlyList<string> KnownKeys =>
        [.. (Around?["properties"] as JsonObject ?? []).Select(property => property.Key)];

    /// <summary>For a key that nobody knows: the pointer of the one that is meant, if there is one.</summary>
    public string? Meant =>
        IsUnknownKey && Nearest.To(JsonPath.Parts(Instance)[^1], KnownKeys) is { } meant
            ? $"{Instance[..Instance.LastIndexOf('/')]}/{meant}"
            : null;

    /// <summary>For the rule <c>required</c>: the keys that are missing, and not misspelt.</summary>
    public IReadOnlyList<string> Missing { get; init; } = [];
}

/// <summary>JSON pointers (RFC 6901).</summary>
internal static class JsonPath
{
    public static string[] Parts(string pointer) =>
        [
            .. pointer
                .Split('/')
                .Skip(1)
                .Select(part =>
                    part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)
                ),
        ];

    public static JsonNode? Find(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = node switch
            {
                JsonObject members => members[part],
                JsonArray items when int.TryParse(part, out var at) && at < items.Count => items[at],
                _ => null,
            };
        }

        return node;
    }
}
