using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Trainyard.Pipelines;

/// <summary>
/// The JSON Schema (draft 2020-12) of <c>pipeline.yaml</c>, generated from the spec's C# types. The loader checks a
/// spec
/// against it, so editors and Trainyard cannot disagree.
/// </summary>
public static class PipelineSchema
{
    private const string Id = "https://trainyard.example/schema/pipeline.schema.json";

    /// <summary>The schema as the file <c>schema/pipeline.schema.json</c> holds it.</summary>
    public static string Json { get; } = Of(Trainer.All).ToJsonString(Pipelines.Json.Options) + "\n";

    /// <param name="trainers">Whose options the spec may have: those of one where it is known, which makes for better
    /// messages.</param>
    public static JsonObject Of(IReadOnlyList<Trainer> trainers)
    {
        var schema = Generate(typeof(Spec), trainers).AsObject();
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = Id,
            ["title"] = "Trainyard pipeline",
        };
        foreach (var (name, value) in schema.ToList())
        {
            schema.Remove(name);
            root[name] = value;
        }

        return root;
    }

    private static JsonNode Generate(Type type, IReadOnlyList<Trainer> trainers) =>
        Pipelines.Json.Options.GetJsonSchemaAsNode(
            type,
            new JsonSchemaExporterOptions
            {
                TreatNullObliviousAsNonNullable = true,
                TransformSchemaNode = (context, node) => Transform(context, node, trainers),
            }
        );

    private static JsonObject Transform(
        JsonSchemaExporterContext context,
        JsonNode node,
        IReadOnlyList<Trainer> trainers
    )
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var schema = ShapeOf(type, trainers) ?? node as JsonObject ?? [];
        RefuseNull(schema);
        if (type == typeof(double) || type == typeof(int))
        {
            // The exporter also allows the text "NaN", which our JSON may hold but a spec may not.
            schema.Remove("anyOf");
            schema.Remove("pattern");
            schema["type"] = type == typeof(int) ? "integer" : "number";
        }

        // The exporter leaves out the items of a list where their type has a converter of its own.
        if (
            context.TypeInfo.ElementType is { } element
            && schema["type"] is JsonValue list
            && (string)list! == "array"
            && !schema.ContainsKey("items")
            && ShapeOf(element, trainers) is { } items
        )
        {
            schema["items"] = items;
        }

        Describe(schema, context.PropertyInfo?.AttributeProvider);
        return schema;
    }

    /// <summary>The shape of a type that has a converter of its own.</summary>
    private static JsonObject? ShapeOf(Type type, IReadOnlyList<Trainer> trainers)
    {
        if (type == typeof(Span))
        {
            return new()
            {
                ["type"] = "string",
                ["pattern"] = Span.Pattern,
                ["examples"] = new JsonArray("28 days"),
            };
        }

        if (type == typeof(Share))
        {
            return new()
            {
                ["type"] = new JsonArray("string", "number"),
                ["pattern"] = Share.Pattern,
                ["minimum"] = 0,
                ["maximum"] = 1,
                ["examples"] = new JsonArray("5%", 0.05),
            };
        }

        if (type == typeof(SplitSize))
        {
            return new()
            {
                ["type"] = "string",
                ["pattern"] = SplitSize.Pattern,
                ["examples"] = new JsonArray("28 days", "15%"),
            };
        }

        if (type == typeof(Most))
        {
            return new()
            {
                ["type"] = new JsonArray("string", "integer"),
                ["pattern"] = Most.Pattern,
                ["minimum"] = 0,
                ["maximum"] = Most.Greatest,
                ["examples"] = new JsonArray(Most.ByDefault.Count, Most.All.ToString()),
            };
        }

        if (type == typeof(FromTo))
        {
            return new()
            {
                ["type"] = new JsonArray("string", "integer"),
                ["pattern"] = FromTo.Pattern,
                ["minimum"] = FromTo.Least,
                ["maximum"] = FromTo.Most,
                ["examples"] = new JsonArray(5, "2 to 10"),
            };
        }

        return type == typeof(ModelTask) ? OneOf(ModelTask.All)
            : type == typeof(Trainer) ? OneOf(Trainer.All)
            : type == typeof(Metric) ? OneOf(Metric.All)
            : type == typeof(OptionsJson) ? OptionsOf(trainers)
            : type == typeof(SqlFiles) ? TextOr(typeof(SqlFilesConverter.Two), trainers)
            : type == typeof(CategorySpec) ? TextOr(typeof(CategorySpecConverter.Long), trainers)
            : type == typeof(TextSpec) ? TextOr(typeof(TextSpecConverter.Long), trainers)
            : null;
    }

    private static JsonObject OneOf<T>(IEnumerable<T> list)
        where T : class, IListed<T> =>
        new() { ["enum"] = new JsonArray([.. list.Select(item => JsonValue.Create(item.Name))]) };

    private static JsonObject OptionsOf(IReadOnlyList<Trainer> trainers)
    {
        JsonNode[] each = [.. trainers.Select(trainer => Generate(trainer.Options.GetType(), trainers))];
        return each is [JsonObject one] ? one : new() { ["type"] = "object", ["anyOf"] = new JsonArray(each) };
    }

    /// <summary>A text, or its long form. One schema with two types, not a choice of two schemas: errors stay
    /// readable.</summary>
    private static JsonObject TextOr(Type longForm, IReadOnlyList<Trainer> trainers)
    {
        var schema = Generate(longForm, trainers).AsObject();
        schema["type"] = new JsonArray("string", "object");
        return schema;
    }

    /// <summary>What may be left out is left out; an empty value is a mistake.</summary>
    private static void RefuseNull(JsonObject schema)
    {
        if (schema["type"] is JsonArray types)
        {
            var left = types.Select(type => (string)type!).Where(type => type != "null").ToArray();
            schema["type"] =
                left.Length == 1 ? left[0] : new JsonArray([.. left.Select(type => JsonValue.Create(type))]);
        }

        if (schema["enum"] is JsonArray values)
        {
            schema["enum"] = new JsonArray([
                .. values.Where(value => value is not null).Select(value => value!.DeepClone()),
            ]);
            schema["type"] = "string";
        }

        schema.Remove("default");
    }

    private static void Describe(JsonObject schema, ICustomAttributeProvider? member)
    {
        foreach (var attribute in member?.GetCustomAttributes(inherit: true) ?? [])
        {
            switch (attribute)
            {
                case DescriptionAttribute description:
                    schema.Remove("description");
                    schema.Insert(0, "description", description.Description);
                    break;
                case RegularExpressionAttribute pattern:
                    schema["pattern"] = $"^{pattern.Pattern}$";
                    break;
                case ExampleAttribute example:
                    schema["examples"] = new JsonArray(example.Text);
                    break;
                case RangeAttribute range:
                    schema["minimum"] = JsonValue.Create(range.Minimum);
                    schema["maximum"] = JsonValue.Create(range.Maximum);
                    break;
                case MinLengthAttribute least:
                    schema["minItems"] = least.Length;
                    break;
            }
        }
    }
}
