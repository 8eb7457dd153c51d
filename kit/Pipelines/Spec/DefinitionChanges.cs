using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>In what two definitions differ.</summary>
public static class DefinitionChanges
{
    /// <summary>As <c>--set</c> takes it, in the order of keys: what is not said any more has no value.</summary>
    public static IReadOnlyList<string> Between(Definition before, Definition after)
    {
        var (old, now) = (ValuesOf(before), ValuesOf(after));
        return
        [
            .. old
                .Keys.Union(now.Keys)
                .Order(StringComparer.Ordinal)
                .Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key))
                .Select(key => $"{key}={now.GetValueOrDefault(key)}"),
        ];
    }

    /// <summary>Every value that a definition says, by the names on the way to it.</summary>
    private static Dictionary<string, string> ValuesOf(Definition definition)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        Add("", Essence.Of(definition));
        return values;

        void Add(string key, JsonNode? node)
        {
            if (node is JsonObject { Count: > 0 } members)
            {
                foreach (var (name, member) in members)
                {
                    Add(key.Length == 0 ? name : $"{key}.{name}", member);
                }
            }
            else
            {
                values[key] =
                    node is JsonValue value && value.TryGetValue<string>(out var text)
                        ? text
                        : node?.ToJsonString(Json.Compact) ?? "";
            }
        }
    }
}
