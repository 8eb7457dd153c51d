using System.Text.Json;
using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>
/// What a record of the spec says: its JSON without what goes without saying. A member is left out where the record
/// means the same without it, by the very reader and defaults that read a spec. So a default that is spelled out says
/// nothing, and a key that a later version adds says nothing of those who do not use it.
/// </summary>
internal static class Essence
{
    public static JsonObject Of(Definition definition) => Of(definition, SpecDefaults.Fill);

    public static JsonObject Of(Operations operations) => Of(operations, all => all);

    /// <summary>JSON whose members stand in ordinal order.</summary>
    public static JsonNode? Sorted(JsonNode? node) =>
        node switch
        {
            JsonObject members => new JsonObject(
                members
                    .OrderBy(member => member.Key, StringComparer.Ordinal)
                    .Select(member => KeyValuePair.Create(member.Key, Sorted(member.Value)))
            ),
            JsonArray items => new JsonArray([.. items.Select(Sorted)]),
            null => null,
            _ => node.DeepClone(),
        };

    private static JsonObject Of<T>(T value, Func<T, T> fill)
    {
        var json = JsonSerializer.SerializeToNode(fill(value), Json.Compact)!.AsObject();
        var meant = Text(json);
        Shorten(json, () => MeaningOf(json, fill) == meant);
        return json;
    }

    private static void Shorten(JsonNode? node, Func<bool> meansTheSame)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
            {
                Shorten(item, meansTheSame);
            }
        }
        else if (node is JsonObject members)
        {
            foreach (var name in members.Select(member => member.Key).Order(StringComparer.Ordinal).ToList())
            {
                var value = members[name];
                members.Remove(name);
                if (!meansTheSame())
                {
                    members[name] = value;
                    Shorten(value, meansTheSame);
                }
            }
        }
    }

    /// <summary>Null where it cannot be read at all.</summary>
    private static string? MeaningOf<T>(JsonObject json, Func<T, T> fill)
    {
        try
        {
            return json.Deserialize<T>(Json.Compact) is { } read
                ? Text(JsonSerializer.SerializeToNode(fill(read), Json.Compact))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Text(JsonNode? json) => Sorted(json)!.ToJsonString(Json.Compact);
}
