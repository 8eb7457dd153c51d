using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Trainyard.Pipelines;

/// <summary>Writes a spec as YAML that reads back as the same spec.</summary>
public static partial class SpecYaml
{
    public static string Write(Spec spec)
    {
        var json = JsonSerializer.SerializeToNode(spec, Json.Options)!.AsObject();
        foreach (var idle in IdleKeys.Of(spec))
        {
            var path = idle.Key.Split('/');
            (path.Length == 1 ? json : json[path[0]] as JsonObject)?.Remove(path[^1]);
        }

        var text = new StringBuilder();
        using (var writer = new StringWriter(text) { NewLine = "\n" })
        {
            new YamlStream(new YamlDocument(Node(json, depth: 0))).Save(writer, assignAnchors: false);
        }

        // The stream ends a document with "...", which a file of one document does not need.
        const string End = "...\n";
        var yaml = text.ToString();
        return yaml.EndsWith("\n" + End, StringComparison.Ordinal) ? yaml[..^End.Length] : yaml;
    }

    private static YamlNode Node(JsonNode? json, int depth) =>
        json switch
        {
            JsonObject members => new YamlMappingNode(
                members.Select(member =>
                    KeyValuePair.Create<YamlNode, YamlNode>(Text(member.Key), Node(member.Value, depth + 1))
                )
            )
            {
                // A line each for what a person looks for; what is small stays on its line.
                Style =
                    members.Count == 0 || (depth > 1 && members.All(member => member.Value is not JsonObject))
                        ? MappingStyle.Flow
                        : MappingStyle.Block,
            },
            JsonArray items => new YamlSequenceNode(
                items.Select(item =>
                    Node(
                        item is JsonObject { Count: 2 } column && IsDefault(column) ? column["column"] : item,
                        depth + 1
                    )
                )
            )
            {
                Style = SequenceStyle.Flow,
            },
            JsonValue value when value.GetValueKind() == JsonValueKind.String => Text(value.GetValue<string>()),
            null => throw new ArgumentException("A spec has no nulls.", nameof(json)),
            _ => new YamlScalarNode(json.ToJsonString()) { Style = ScalarStyle.Plain },
        };

    /// <summary>A category that keeps as many levels as any is written as its column, and so is a text.</summary>
    private static bool IsDefault(JsonObject column) =>
        column["column"] is not null
        && (Says(column["keep"], CategorySpec.KeepByDefault) || Says(column["buckets"], TextSpec.BucketsByDefault));

    private static bool Says(JsonNode? number, int expected) =>
        number is JsonValue value && value.TryGetValue<int>(out var said) && said == expected;

    private static YamlScalarNode Text(string text) =>
        new(text) { Style = IsPlain(text) ? ScalarStyle.Plain : ScalarStyle.DoubleQuoted };

    /// <summary>Whether every reader of YAML, old or new, reads the text as itself without quotes, also inside
    /// brackets.</summary>
    private static bool IsPlain(string text) => Words().IsMatch(text) && !Reserved().IsMatch(text);

    [GeneratedRegex(@"\A([A-Za-z_]|[0-9]+(\.[0-9]+)?%\z|[0-9]+ [a-z]+\z)([A-Za-z0-9_./ -]*[A-Za-z0-9_/.?-])?\z")]
    private static partial Regex Words();

    [GeneratedRegex(@"\A(null|true|false|yes|no|on|off|y|n)\z", RegexOptions.IgnoreCase)]
    private static partial Regex Reserved();
}
