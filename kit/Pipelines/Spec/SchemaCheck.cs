using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Trainyard.Pipelines;

/// <summary>Checks a spec against the JSON Schema, and says in a sentence what each finding means.</summary>
internal static class SchemaCheck
{
    private static readonly JsonNode Root = PipelineSchema.Root();
    private static readonly JsonSchema Schema = JsonSchema.FromText(PipelineSchema.Json);

    public static IEnumerable<Mistake> Check(YamlText yaml)
    {
        using var document = JsonDocument.Parse(yaml.Content?.ToJsonString() ?? "null");
        var results = Schema.Evaluate(document.RootElement, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return (results.Details ?? [])
            .Where(detail => !detail.IsValid && detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => Explain(yaml, detail.InstanceLocation.ToString(), Parts(detail.EvaluationPath.ToString()), error.Key)))
            .OfType<Mistake>()
            .Distinct();
    }

    private static Mistake? Explain(YamlText yaml, string instance, string[] path, string keyword)
    {
        var schema = NodeAt(Root, path);
        var value = NodeAt(yaml.Content, Parts(instance));
        switch (keyword)
        {
            case "required":
                var missing = schema!["required"]!.AsArray().Select(name => (string)name!).Where(name => value is JsonObject members && !members.ContainsKey(name));
                return yaml.At(instance, $"{Sentence(missing)} missing.");
            case "" when path is [.., "additionalProperties"]:
                var name = instance[(instance.LastIndexOf('/') + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
                var known = NodeAt(Root, path[..^1])?["properties"]?.AsObject().Select(property => property.Key).ToList() ?? [];
                return yaml.AtKey(instance, $"there is no key '{name}' here.{Nearest.Hint(name, known)} The keys are {string.Join(", ", known)}.");
            case "additionalProperties" or "properties" or "items":
                return null; // the finding below it says what is wrong
            case "type":
                return yaml.At(instance, $"{Shown(value)} is not {Expected(schema!["type"]!)}.{Example(schema)}");
            case "enum":
                var values = schema!["enum"]!.AsArray().Select(item => (string)item!).ToList();
                return value is JsonValue && Text(value) is { } text
                    ? yaml.At(instance, $"'{text}' is none of {string.Join(", ", values)}.{Nearest.Hint(text, values)}")
                    : null; // its type is wrong, and said
            case "pattern":
                return yaml.At(instance, $"{Shown(value)} has not the form expected here{(schema!["examples"] is null ? $": {schema["pattern"]}." : ".")}{Example(schema)}");
            case "minimum" or "maximum":
                return yaml.At(instance, $"{Shown(value)} is not between {schema!["minimum"]?.ToJsonString()} and {schema["maximum"]?.ToJsonString()}.");
            case "minItems":
                return yaml.At(instance, $"the list needs at least {schema!["minItems"]} entries.");
            default:
                return yaml.At(instance, $"{Shown(value)} breaks the rule '{keyword}' of the schema.");
        }
    }

    private static string Sentence(IEnumerable<string> names) => names.Select(name => $"'{name}'").ToList() switch
    {
        [var one] => $"the key {one} is",
        var several => $"the keys {string.Join(", ", several)} are",
    };

    private static string Expected(JsonNode type) => string.Join(" or ", (type is JsonArray types ? types.Select(each => (string)each!) : [(string)type!]).Select(each => each switch
    {
        "string" => "a text",
        "integer" => "a whole number",
        "number" => "a number",
        "boolean" => "true or false",
        "array" => "a list",
        _ => "a mapping",
    }));

    private static string Shown(JsonNode? value) => value switch
    {
        null => "nothing",
        JsonObject => "a mapping",
        JsonArray => "a list",
        _ => $"'{Text(value)}'",
    };

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    private static string Example(JsonNode? schema) =>
        schema?["examples"] is JsonArray examples ? $" Write for example {string.Join(" or ", examples.Select(example => Text(example!)))}." : "";

    private static string[] Parts(string pointer) =>
        [.. pointer.Split('/').Skip(1).Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static JsonNode? NodeAt(JsonNode? node, string[] path)
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
