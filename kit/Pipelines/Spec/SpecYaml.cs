using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Trainyard.Pipelines;

/// <summary>Writes a spec as YAML that reads back as the same spec.</summary>
public static class SpecYaml
{
    private static readonly SearchValues<char> Special = SearchValues.Create("*&!|>'\"%@`#:{}[],");

    public static string Write(Spec spec)
    {
        var text = new StringBuilder();
        using (var writer = new StringWriter(text) { NewLine = "\n" })
        {
            new YamlStream(new YamlDocument(Node(JsonSerializer.SerializeToNode(spec, Json.Options), depth: 0))).Save(writer, assignAnchors: false);
        }

        // The stream ends a document with "...", which a file of one document does not need.
        return text.ToString().Replace("...\n", "", StringComparison.Ordinal);
    }

    private static YamlNode Node(JsonNode? json, int depth) => json switch
    {
        JsonObject members => new YamlMappingNode(members.Select(member => KeyValuePair.Create((YamlNode)new YamlScalarNode(member.Key), Node(member.Value, depth + 1))))
        {
            Style = depth > 1 && members.All(member => member.Value is JsonValue) ? MappingStyle.Flow : MappingStyle.Block,
        },
        JsonArray items => new YamlSequenceNode(items.Select(item => Node(item, depth + 1))) { Style = SequenceStyle.Flow },
        JsonValue value when value.GetValueKind() == JsonValueKind.String => new YamlScalarNode(value.GetValue<string>()) { Style = Quoted(value.GetValue<string>()) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any },
        null => new YamlScalarNode("null"),
        _ => new YamlScalarNode(json.ToJsonString()) { Style = ScalarStyle.Plain },
    };

    /// <summary>Text that would read as something else when plain.</summary>
    private static bool Quoted(string text) =>
        text.Length == 0 || char.IsDigit(text[0]) && !char.IsLetter(text[^1]) && !text.EndsWith('%')
        || text is "true" or "false" or "null" or "~" || text.AsSpan().ContainsAny(Special) && !text.EndsWith('%');
}
