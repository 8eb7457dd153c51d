using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>Options of whichever trainer, by their keys.</summary>
public static class OptionValues
{
    /// <summary>Null where the options leave it to the table.</summary>
    public static double? Of(TrainerOptions options, string key) =>
        JsonOf(options)[key] switch
        {
            JsonValue value when value.GetValueKind() == JsonValueKind.Number => value.Deserialize<double>(),
            JsonValue value when Share.TryParse(value.GetValue<string>(), out var share) => share.Value,
            _ => null,
        };

    internal static TrainerOptions With(TrainerOptions options, IEnumerable<KeyValuePair<string, double>> values)
    {
        var json = JsonOf(options);
        foreach (var (key, value) in values)
        {
            json[key] = value;
        }

        return (TrainerOptions)json.Deserialize(options.GetType(), Json.Compact)!;
    }

    internal static bool IsWhole(TrainerOptions options, string key)
    {
        var type = Json
            .Compact.GetTypeInfo(options.GetType())
            .Properties.Single(property => property.Name == key)
            .PropertyType;
        return (Nullable.GetUnderlyingType(type) ?? type) == typeof(int);
    }

    internal static bool Differ(TrainerOptions options, TrainerOptions others, Searched searched) =>
        Of(options, searched.Key) != Of(others, searched.Key);

    private static JsonObject JsonOf(TrainerOptions options) =>
        JsonSerializer.SerializeToNode(options, options.GetType(), Json.Compact)!.AsObject();
}
