using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Trainyard.Pipelines;

/// <summary>
/// Checks a spec against the JSON Schema. What breaks it is reported and repaired, so that the rest of the spec can be
/// checked in the same go.
/// </summary>
internal sealed class SchemaCheck
{
    private static readonly ConcurrentDictionary<Trainer, SchemaCheck> OfTrainers = new();

    private readonly JsonObject _root;
    private readonly JsonSchema _schema;

    private SchemaCheck(Trainer trainer)
    {
        _root = PipelineSchema.Of([trainer]);

        // Only one schema of a process may have an id.
        _root.Remove("$id");
        _schema = JsonSchema.FromText(_root.ToJsonString(Pipelines.Json.Options));
    }

    /// <summary>What breaks the schema.</summary>
    /// <param name="yaml">The spec; where it is broken is noted in it.</param>
    /// <param name="repaired">The spec with every broken value left out, or replaced where it must be there; null
    /// where it is no mapping at all.</param>
    public static IReadOnlyList<Mistake> Check(YamlText yaml, out JsonObject? repaired)
    {
        repaired = yaml.Content?.DeepClone() as JsonObject;
        return OfTrainers.GetOrAdd(TrainerOf(yaml.Content), trainer => new(trainer)).Check(yaml, repaired);
    }

    /// <summary>The trainer that a spec names, or that its task has by default: its options are the spec's.</summary>
    private static Trainer TrainerOf(JsonNode? content)
    {
        var model = (content as JsonObject)?["model"] as JsonObject;
        return Trainer.All.FirstOrDefault(trainer => trainer.Name == Text(model?["trainer"]))
            ?? ModelTask.All.FirstOrDefault(task => task.Name == Text(model?["task"]))?.Trainers[0]
            ?? Trainer.All[0];

        static string? Text(JsonNode? node) =>
            node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    private List<Mistake> Check(YamlText yaml, JsonObject? repaired)
    {
        var mistakes = new List<Mistake>();
        var findings = Findings(yaml.Content).ToList();
        var said = findings.Select(finding => finding.Instance).Where(yaml.IsBroken).ToHashSet();
        foreach (var finding in findings)
        {
            mistakes.AddRange(said.Contains(finding.Instance) ? [] : SchemaSentence.Of(finding, yaml));
            if (repaired is not null)
            {
                Repair(repaired, finding, yaml);
            }
        }

        return mistakes;
    }

    private IEnumerable<SchemaFinding> Findings(JsonNode? content)
    {
        using var document = JsonDocument.Parse(content?.ToJsonString() ?? "null");
        var results = _schema.Evaluate(
            document.RootElement,
            new EvaluationOptions { OutputFormat = OutputFormat.List }
        );
        List<SchemaFinding> findings =
        [
            .. (results.Details ?? [])
                .Where(detail => !detail.IsValid && detail.Errors is not null)
                .SelectMany(detail =>
                    detail.Errors!.Keys.Select(keyword =>
                        FindingAt(content, detail.InstanceLocation.ToString(), keyword)
                    )
                )
                .Where(finding => !finding.IsExplainedBelow)
                .GroupBy(finding => finding.Instance)
                // A value of the wrong type breaks other rules too; the first says it.
                .SelectMany(group =>
                    group.Any(finding => finding.Keyword == "type")
                        ? group.Where(finding => finding.Keyword == "type")
                        : group
                ),
        ];

        // A misspelt key is one mistake, not also a missing one.
        var meant = findings.Select(finding => finding.Meant).ToHashSet();
        return findings.Select(finding =>
            finding with
            {
                Missing = [.. finding.Missing.Where(name => !meant.Contains($"{finding.Instance}/{name}"))],
            }
        );
    }

    private SchemaFinding FindingAt(JsonNode? content, string instance, string keyword)
    {
        var path = JsonPath.Parts(instance);
        var (value, schema) = (JsonPath.Find(content, path), SchemaAt(path));
        return new SchemaFinding(instance, value, schema, schema is null ? SchemaAt(path.AsSpan(..^1)) : null, keyword)
        {
            Missing =
                keyword == "required" && value is JsonObject members
                    ?
                    [
                        .. schema!["required"]!
                            .AsArray()
                            .Select(name => (string)name!)
                            .Where(name => !members.ContainsKey(name)),
                    ]
                    : [],
        };
    }

    /// <summary>The rules for the value at a path; null where nobody knows the key.</summary>
    private JsonObject? SchemaAt(ReadOnlySpan<string> path)
    {
        var schema = _root;
        foreach (var part in path)
        {
            schema =
                (schema?["properties"]?[part] ?? schema?["items"] ?? schema?["additionalProperties"]) as JsonObject;
        }

        return schema;
    }

    private void Repair(JsonObject spec, SchemaFinding finding, YamlText yaml)
    {
        var path = JsonPath.Parts(finding.Instance);
        if (finding.Keyword == "required")
        {
            var holder = JsonPath.Find(spec, path) as JsonObject;
            foreach (
                var name in finding.Schema!["required"]!
                    .AsArray()
                    .Select(name => (string)name!)
                    .Where(name => holder?.ContainsKey(name) == false)
            )
            {
                yaml.Break($"{finding.Instance}/{YamlText.Escape(name)}");
                holder!.Add(name, Placeholder(finding.Schema["properties"]![name]!));
            }

            return;
        }

        yaml.Break(finding.Instance);
        if (finding.Meant is { } meant)
        {
            yaml.Break(meant);
        }

        switch (path.Length == 0 ? null : JsonPath.Find(spec, path.AsSpan(..^1)))
        {
            case JsonObject parent when finding.Schema is null || !IsRequired(path[^1], SchemaAt(path.AsSpan(..^1))):
                parent.Remove(path[^1]);
                break;
            case JsonObject parent:
                parent[path[^1]] = Placeholder(finding.Schema);
                break;
            case JsonArray parent
                when int.TryParse(path[^1], out var at) && at < parent.Count && finding.Schema is not null:
                parent[at] = Placeholder(finding.Schema);
                break;
        }
    }

    private static bool IsRequired(string name, JsonObject? schema) =>
        schema?["required"]?.AsArray().Any(required => (string)required! == name) ?? false;

    /// <summary>A value that can be read in place of one that is broken. Nothing that depends on it is
    /// reported.</summary>
    private static JsonNode Placeholder(JsonNode schema) =>
        schema switch
        {
            JsonObject rules when rules["enum"] is JsonArray values => values[0]!.DeepClone(),
            JsonObject rules when rules["examples"] is JsonArray examples => examples[0]!.DeepClone(),
            JsonObject rules => (rules["type"] is JsonArray types ? (string)types[0]! : (string?)rules["type"]) switch
            {
                "integer" or "number" => rules["minimum"]?.DeepClone() ?? JsonValue.Create(0),
                "boolean" => JsonValue.Create(false),
                "array" => new JsonArray(),
                "object" => new JsonObject(
                    (rules["required"]?.AsArray() ?? []).Select(name =>
                        KeyValuePair.Create((string)name!, (JsonNode?)Placeholder(rules["properties"]![(string)name!]!))
                    )
                ),
                _ => JsonValue.Create(""),
            },
            _ => JsonValue.Create(""),
        };
}
