using System.Text.Json.Nodes;

namespace Trainyard.Pipelines;

/// <summary>A key of a spec that is to have another value than the file gives it.</summary>
/// <param name="Path">The names on the way to it: <c>model, options, leaves</c>.</param>
/// <param name="Value">As YAML; empty where the key is to be as if the file did not have it.</param>
public sealed record SpecChange(IReadOnlyList<string> Path, string Value)
{
    /// <summary><c>model.options.leaves=63</c></summary>
    public string Text => $"{string.Join('.', Path)}={Value}";

    internal string Pointer => string.Concat(Path.Select(name => $"/{YamlText.Escape(name)}"));

    /// <summary>Where mistakes in it are.</summary>
    internal string Place => $"--set {Text}";

    /// <summary>Reads <c>KEY=VALUE</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static SpecChange Parse(string text)
    {
        var parts = text.Split('=', 2);
        var path = parts[0].Split('.');
        return parts.Length == 2 && Array.TrueForAll(path, name => name.Length > 0)
            ? new SpecChange(path, parts[1].Trim())
            : throw new FormatException("a key of the spec and its value are expected, as KEY=VALUE");
    }

    /// <summary>Makes the change; mistakes say why it cannot be made.</summary>
    internal IEnumerable<Mistake> Make(JsonObject spec)
    {
        var reader = new YamlReader(Place);
        var value = Value.Length == 0 ? null : reader.Read(Value);
        if (reader.Mistakes.Count > 0)
        {
            return reader.Mistakes.Select(mistake => mistake with { Line = 0 });
        }

        var holder = spec;
        foreach (var name in Path.SkipLast(1))
        {
            if (holder[name] is not (null or JsonObject))
            {
                return [new Mistake(Place, 0, 0, $"'{name}' has a value of its own, and no keys in it.")];
            }

            if (holder[name] is null)
            {
                holder[name] = new JsonObject();
            }

            holder = holder[name]!.AsObject();
        }

        holder.Remove(Path[^1]);
        if (value is not null)
        {
            holder.Add(Path[^1], value);
        }

        return [];
    }
}
