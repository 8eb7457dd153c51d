using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Trainyard.Pipelines;

/// <summary>A YAML file as JSON, with the place of every key and value.</summary>
internal sealed class YamlText
{
    private readonly Dictionary<string, Mark> _keys;
    private readonly Dictionary<string, Mark> _values;
    private readonly HashSet<string> _broken;
    private readonly string _file;
    private readonly IReadOnlyList<SpecChange> _changes;

    private YamlText(string file, YamlReader reader, IReadOnlyList<SpecChange> changes) =>
        (_file, _keys, _values, _broken, _changes, Mistakes) = (
            file,
            reader.Keys,
            reader.Values,
            [.. reader.Unread],
            changes,
            [.. reader.Mistakes]
        );

    /// <summary>The document's content; null where it cannot be read.</summary>
    public JsonNode? Content { get; private init; }

    public IReadOnlyList<Mistake> Mistakes { get; private init; }

    /// <param name="changes">What is to be otherwise than the file says.</param>
    public static YamlText Parse(string text, string file, params IReadOnlyList<SpecChange> changes)
    {
        var reader = new YamlReader(file);
        var content = reader.Read(text);
        var mistakes = content is JsonObject spec ? changes.SelectMany(change => change.Make(spec)).ToList() : [];
        return new YamlText(file, reader, changes) { Content = content, Mistakes = [.. reader.Mistakes, .. mistakes] };
    }

    /// <summary>A mistake at the value of a JSON pointer, or at the nearest thing around it that the file
    /// holds.</summary>
    public Mistake At(string pointer, string message) => At(_values, pointer, 0, message);

    /// <summary>A mistake inside a text; at its beginning where the file writes it in a form whose columns cannot be
    /// counted.</summary>
    public Mistake Inside(string pointer, int index, string message) => At(_values, pointer, index, message);

    /// <summary>A mistake at a key.</summary>
    public Mistake AtKey(string pointer, string message) =>
        At(_keys.ContainsKey(pointer) ? _keys : _values, pointer, 0, message);

    /// <summary>Whether the file itself says it, or a default does.</summary>
    public bool Has(string pointer) =>
        _changes.LastOrDefault(change => IsWithin(pointer, change.Pointer) || IsWithin(change.Pointer, pointer))
            is { } change
            ? change.Value.Length > 0
            : _values.ContainsKey(pointer);

    /// <summary>Whether the value itself is marked as broken.</summary>
    public bool IsBroken(string pointer) => _broken.Contains(pointer);

    /// <summary>Marks a value that breaks the schema: what depends on it cannot be judged.</summary>
    public void Break(string pointer) => _broken.Add(pointer);

    /// <summary>Whether the values at these pointers, what is in them, and what they are in, are what the file
    /// says.</summary>
    public bool IsSound(params ReadOnlySpan<string> pointers)
    {
        foreach (var pointer in pointers)
        {
            if (_broken.Any(broken => IsWithin(broken, pointer) || IsWithin(pointer, broken)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A name as a part of a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) =>
        name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static bool IsWithin(string pointer, string outer) =>
        pointer.StartsWith(outer, StringComparison.Ordinal)
        && (pointer.Length == outer.Length || pointer[outer.Length] == '/');

    private Mistake At(Dictionary<string, Mark> marks, string pointer, int index, string message)
    {
        if (_changes.LastOrDefault(change => IsWithin(pointer, change.Pointer)) is { } change)
        {
            return new Mistake(change.Place, 0, 0, message) { Pointer = pointer };
        }

        var at = pointer;
        for (; at.Length > 0 && !marks.ContainsKey(at); at = at[..at.LastIndexOf('/')])
        {
            (marks, index) = (_values, 0);
        }

        var mark = marks.TryGetValue(at, out var found) ? found : new Mark(0, 1, 1);
        return new Mistake(_file, (int)mark.Line, (int)mark.Column + index, message) { Pointer = pointer };
    }
}
