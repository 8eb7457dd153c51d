using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Trainyard.Pipelines;

/// <summary>
/// Checks a spec against the JSON Schema. What breaks it is reported and repaired, so that the rest of the spec can be
/// checked in the same go.
/// </summary>
internal static class SchemaCheck
{
    private static readonly JsonObject Root = PipelineSchema.Root();
    private static readonly JsonSchema Schema = JsonSchema.FromText(PipelineSchema.Json);

    /// <summary>What breaks the schema.</summary>
    /// <param name="yaml">The spec; where it is broken is noted in it.</param>
    /// <param name="repaired">The spec with every broken value left out, or replaced where it must be there; null where it is no mapping at all.</param>
    public static IReadOnlyList<Mistake> Check(YamlText yaml, out JsonObject? repaired)
    {
        repaired = yaml.Content?.DeepClone() as JsonObject;
        var mistakes = new List<Mistake>();
        foreach (var finding in Findings(yaml.Content))
        {
            mistakes.AddRange(SchemaSentence.Of(finding, yaml));
            if (repaired is not null)
            {
                Repair(repaired, finding, yaml);
            }
        }

        return mistakes;
    }

    private static IEnumerable<SchemaFinding> Findings(JsonNode? content)
    {
        using var document = JsonDocument.Parse(content?.ToJsonString() ?? "null");
        var results = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return [.. (results.Details ?? [])
            .Where(detail => !detail.IsValid && detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Keys.Select(keyword => new SchemaFinding(
                detail.InstanceLocation.ToString(),
                JsonPath.Find(content, JsonPath.Parts(detail.InstanceLocation.ToString())),
                JsonPath.Find(Root, JsonPath.Parts(detail.EvaluationPath.ToString())) as JsonObject,
                JsonPath.Parts(detail.EvaluationPath.ToString()) is [.., "additionalProperties"] path ? JsonPath.Find(Root, path.AsSpan(..^1)) as JsonObject : null,
                keyword)))
            .Where(finding => !finding.IsExplainedBelow)
            .GroupBy(finding => finding.Instance)
            // A value of the wrong type breaks other rules too; the first says it.
            .SelectMany(group => group.Any(finding => finding.Keyword == "type") ? group.Where(finding => finding.Keyword == "type") : group)];
    }

    private static void Repair(JsonObject spec, SchemaFinding finding, YamlText yaml)
    {
        if (finding.Keyword == "required")
        {
            foreach (var name in finding.Missing.ToList())
            {
                yaml.Break($"{finding.Instance}/{YamlText.Escape(name)}");
                (JsonPath.Find(spec, JsonPath.Parts(finding.Instance)) as JsonObject)?.TryAdd(name, Placeholder(finding.Schema!["properties"]![name]!));
            }

            return;
        }

        yaml.Break(finding.Instance);
        var path = JsonPath.Parts(finding.Instance);
        if (finding.IsUnknownKey && Nearest.To(path[^1], finding.KnownKeys) is { } meant)
        {
            yaml.Break($"{finding.Instance[..finding.Instance.LastIndexOf('/')]}/{meant}");
        }

        switch (path.Length == 0 ? null : JsonPath.Find(spec, path.AsSpan(..^1)))
        {
            case JsonObject parent when finding.Schema is null || !IsRequired(path):
                parent.Remove(path[^1]);
                break;
            case JsonObject parent:
                parent[path[^1]] = Placeholder(finding.Schema);
                break;
            case JsonArray parent when int.TryParse(path[^1], out var at) && at < parent.Count && finding.Schema is not null:
                parent[at] = Placeholder(finding.Schema);
                break;
        }
    }

    /// <summary>Whether the schema's own properties along a path demand its last one.</summary>
    private static bool IsRequired(string[] path)
    {
        JsonNode? schema = Root;
        foreach (var part in path[..^1])
        {
            schema = schema?["properties"]?[part] ?? schema?["items"] ?? schema?["additionalProperties"];
        }

        return (schema as JsonObject)?["required"]?.AsArray().Any(name => (string)name! == path[^1]) ?? false;
    }

    /// <summary>A value that can be read in place of one that is broken. Nothing that depends on it is reported.</summary>
    private static JsonNode Placeholder(JsonNode schema) => schema switch
    {
        JsonObject rules when rules["enum"] is JsonArray values => values[0]!.DeepClone(),
        JsonObject rules when rules["examples"] is JsonArray examples => examples[0]!.DeepClone(),
        JsonObject rules => (rules["type"] is JsonArray types ? (string)types[0]! : (string?)rules["type"]) switch
        {
            "integer" or "number" => rules["minimum"]?.DeepClone() ?? JsonValue.Create(0),
            "boolean" => JsonValue.Create(false),
            "array" => new JsonArray(),
            "object" => new JsonObject((rules["required"]?.AsArray() ?? []).Select(name => KeyValuePair.Create((string)name!, (JsonNode?)Placeholder(rules["properties"]![(string)name!]!)))),
            _ => JsonValue.Create(""),
        },
        _ => JsonValue.Create(""),
    };
}
