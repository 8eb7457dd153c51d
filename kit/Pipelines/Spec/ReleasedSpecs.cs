using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Trainyard.Pipelines;

/// <summary>What the specs of a released version could say, by the schema that it left.</summary>
internal sealed class ReleasedSpecs
{
    private readonly JsonObject _root;
    private readonly JsonSchema _schema;

    private ReleasedSpecs(string version, JsonObject root)
    {
        (Version, _root) = (version, root);

        // Only one schema of a process may have an id; and a document holds a part of a spec.
        _root.Remove("$id");
        _root.Remove("required");
        _schema = JsonSchema.FromText(_root.ToJsonString(Pipelines.Json.Options));
    }

    public string Version { get; }

    public static ReleasedSpecs Read(string version)
    {
        using var schema = typeof(ReleasedSpecs).Assembly.GetManifestResourceStream($"spec-{version}.json")!;
        return new(version, JsonNode.Parse(schema)!.AsObject());
    }

    /// <summary>Whether such a spec can say it.</summary>
    public bool Knows(JsonObject said)
    {
        using var document = JsonDocument.Parse(said.ToJsonString(Pipelines.Json.Compact));
        return _schema.Evaluate(document.RootElement).IsValid;
    }

    /// <summary>Leaves out the members that such a spec cannot have, where the rest means the same without.</summary>
    public void LeaveOut(JsonObject said, Func<bool> meansTheSame) => LeaveOut(said, _root, meansTheSame);

    private static void LeaveOut(JsonNode? node, JsonNode? schema, Func<bool> meansTheSame)
    {
        foreach (var item in node as JsonArray ?? [])
        {
            LeaveOut(item, schema?["items"], meansTheSame);
        }

        foreach (var (name, value) in (node as JsonObject)?.ToList() ?? [])
        {
            var (members, others) = (schema?["properties"], schema?["additionalProperties"]);
            if (members?[name] is null && others is JsonValue)
            {
                var at = node!.AsObject().IndexOf(name);
                node.AsObject().RemoveAt(at);
                if (!meansTheSame())
                {
                    node.AsObject().Insert(at, name, value);
                }
            }
            else
            {
                LeaveOut(value, members?[name] ?? others, meansTheSame);
            }
        }
    }
}
