using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>Says in a sentence where a spec breaks the schema, and the fix.</summary>
internal static class SchemaSentence
{
    public static IEnumerable<Mistake> Of(SchemaFinding finding, YamlText yaml)
    {
        var (at, schema, value) = (finding.Instance, finding.Schema, finding.Value);
        return finding.Keyword switch
        {
            _ when schema is null => [yaml.AtKey(at, UnknownKey(JsonPath.Parts(at)[^1], finding.KnownKeys))],
            "required" => finding.Missing.Select(name =>
                yaml.At(at, $"'{name}' is missing.{About(schema!["properties"]![name]!)}") with
                {
                    Pointer = $"{at}/{YamlText.Escape(name)}",
                }
            ),
            "type" => [yaml.At(at, WrongType(at, value, schema!))],
            "enum" =>
            [
                yaml.At(
                    at,
                    $"{Name(at)} is {Shown(value)}, which is none of {Values(schema!)}."
                        + Nearest.Hint(Text(value), [.. schema!["enum"]!.AsArray().Select(item => (string)item!)])
                ),
            ],
            "pattern" =>
            [
                yaml.At(
                    at,
                    $"{Name(at)} is {Shown(value)}, which has not the form expected here."
                        + (schema!["examples"] is null ? $" It must match {schema["pattern"]}." : Example(schema))
                ),
            ],
            "minimum" or "maximum" => [yaml.At(at, OutOfRange(at, value, schema!))],
            "minItems" or "maxItems" when schema!["maxItems"] is { } exactly =>
            [
                yaml.At(at, $"{Name(at)} has {Entries(value!.AsArray().Count)} and needs {exactly}.{Example(schema)}"),
            ],
            "minItems" => [yaml.At(at, $"{Name(at)} needs {Entries((int)schema!["minItems"]!)} at least.")],
            var other => [yaml.At(at, $"{Name(at)} breaks the rule '{other}' of the schema.")],
        };
    }

    private static string Entries(int count) => count == 1 ? "an entry" : $"{count} entries";

    private static string UnknownKey(string name, IReadOnlyList<string> known) =>
        $"there is no key '{name}' here."
        + (
            known.Count == 0 ? " There are none; remove it."
            : Nearest.Hint(name, known) is { Length: > 0 } hint ? hint
            : $" The keys are {string.Join(", ", known)}."
        );

    private static string WrongType(string at, JsonNode? value, JsonObject schema)
    {
        var expected = Expected(schema["type"]!);
        return value is null ? $"{Name(at)} has no value; give it {expected}, or remove it.{Example(schema)}"
            : expected == "a list" && value is JsonValue
                ? $"{Name(at)} is {Shown(value)}; it must be a list: [{Text(value)}]."
            : expected == "text"
            && schema["examples"] is null
            && value.GetValueKind() is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False
                ? $"{Name(at)} is {Shown(value)}; it must be text, so quote it: \"{Text(value)}\"."
            : $"{Name(at)} is {Shown(value)}; it must be {expected}.{Example(schema)}";
    }

    private static string OutOfRange(string at, JsonNode? value, JsonObject schema)
    {
        var (least, most) = (schema["minimum"]!.ToJsonString(), schema["maximum"]!.ToJsonString());
        return least == most
            ? $"{Name(at)} is {Text(value)}; it must be {least}."
            : $"{Name(at)} is {Text(value)}; it must be from {least} to {most}.";
    }

    private static string About(JsonNode schema) =>
        (schema["description"] is { } description ? $" {description}" : "")
        + (schema["enum"] is null ? Example(schema) : $" One of {Values(schema)}.");

    /// <summary>The key of a value, or that of the list it stands in.</summary>
    private static string Name(string pointer) =>
        JsonPath.Parts(pointer) switch
        {
            [] => "the spec",
            [.., var list, var last] when int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out _) =>
                $"an entry of {list}",
            [.., var last] => last,
        };

    private static string Values(JsonNode schema) => string.Join(", ", schema["enum"]!.AsArray());

    private static string Expected(JsonNode type) =>
        string.Join(
            " or ",
            (type is JsonArray types ? types.Select(each => (string)each!) : [(string)type!]).Select(each =>
                each switch
                {
                    "string" => "text",
                    "integer" => "a whole number",
                    "number" => "a number",
                    "boolean" => "true or false",
                    "array" => "a list",
                    _ => "a mapping",
                }
            )
        );

    private static string Shown(JsonNode? value) =>
        value?.GetValueKind() switch
        {
            null => "empty",
            JsonValueKind.Object => "a mapping",
            JsonValueKind.Array => "a list",
            JsonValueKind.Number => $"the number {Text(value)}",
            JsonValueKind.String => $"'{Text(value)}'",
            _ => Text(value),
        };

    private static string Text(JsonNode? value) =>
        value is JsonValue text && text.TryGetValue<string>(out var content) ? content : value?.ToJsonString() ?? "";

    private static string Example(JsonNode schema) =>
        schema["examples"] is JsonArray examples
            ? $" Write for example {string.Join(" or ", examples.Select(example => Text(example!)))}."
            : "";
}
