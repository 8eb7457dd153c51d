using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Trainyard.Pipelines;

/// <summary>
/// Reads YAML from the parser's events, so that a key that stands twice is one mistake among others. Plain scalars
/// follow
/// YAML 1.2's core schema: <c>10:30</c> and <c>NO</c> are text.
/// </summary>
internal sealed partial class YamlReader(string file)
{
    private const int Deepest = 32;

    public Dictionary<string, Mark> Keys { get; } = [];

    public Dictionary<string, Mark> Values { get; } = [];

    public List<Mistake> Mistakes { get; } = [];

    /// <summary>The pointers of values that could not be read, and are said.</summary>
    public List<string> Unread { get; } = [];

    /// <summary>The content of the only document; null with a mistake where there is none.</summary>
    public JsonNode? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            parser.Consume<StreamStart>();
            var content = parser.TryConsume<DocumentStart>(out _) ? Node(parser, "", depth: 0) : null;
            if (content is null)
            {
                Add(new Mark(0, 1, 1), "the file is empty; see docs/pipelines.md for what a spec holds.");
                return null;
            }

            parser.Consume<DocumentEnd>();
            if (parser.TryConsume<DocumentStart>(out var second))
            {
                Add(second.Start, "the file holds several documents; a spec is one, so remove '---'.");
            }

            return content;
        }
        catch (YamlException broken)
        {
            Add(broken.Start, $"this is not YAML: {broken.Message.TrimEnd('.')}.");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The parser's own state breaks on some unclosed brackets.
            Add(
                parser.Current?.End ?? new Mark(0, 1, 1),
                "this is not YAML: what follows cannot be read; look for a bracket or a quote that is not closed."
            );
            return null;
        }
    }

    private JsonNode? Node(IParser parser, string pointer, int depth)
    {
        var start = parser.Current!.Start;
        Values[pointer] = start;
        if (depth > Deepest)
        {
            throw new YamlException(start, start, "it is nested too deeply");
        }

        if (parser.TryConsume<Scalar>(out var scalar))
        {
            Values[pointer] = TextOf(scalar);
            return Value(scalar);
        }

        if (parser.TryConsume<MappingStart>(out _))
        {
            return Mapping(parser, pointer, depth);
        }

        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new JsonArray();
            while (!parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(
                    Node(parser, string.Create(CultureInfo.InvariantCulture, $"{pointer}/{items.Count}"), depth + 1)
                );
            }

            return items;
        }

        parser.MoveNext();
        Unread.Add(pointer);
        Add(start, "an alias stands for something written elsewhere; write it out, so that a mistake has one place.");
        return null;
    }

    private JsonObject Mapping(IParser parser, string pointer, int depth)
    {
        var members = new JsonObject();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var start = parser.Current!.Start;
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw new YamlException(
                    start,
                    start,
                    "a key is a name, not a list or a mapping; quote '{{ … }}' where it is meant as text"
                );
            }

            var at = $"{pointer}/{YamlText.Escape(key.Value)}";
            if (members.ContainsKey(key.Value))
            {
                Add(key.Start, $"the key '{key.Value}' stands here twice (first in line {Keys[at].Line}); remove one.");
                new YamlReader(file).Node(parser, at, depth + 1);
                continue;
            }

            Keys[at] = key.Start;
            members[key.Value] = Node(parser, at, depth + 1);
        }

        return members;
    }

    private JsonNode? Value(Scalar scalar)
    {
        if (!scalar.Tag.IsEmpty && !scalar.Tag.IsNonSpecific && scalar.Tag != "tag:yaml.org,2002:str")
        {
            Add(scalar.Start, $"the tag '{scalar.Tag}' is not read here; remove it.");
        }

        return scalar.Style == ScalarStyle.Plain && scalar.Tag.IsEmpty ? Resolve(scalar.Value) : scalar.Value;
    }

    /// <summary>Where the text itself begins: after the quote, where every character of the file is one of the
    /// text.</summary>
    private static Mark TextOf(Scalar scalar)
    {
        var quotes = scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted ? 1 : 0;
        return quotes == 1 && scalar.End.Index - scalar.Start.Index == scalar.Value.Length + 2
            ? new Mark(scalar.Start.Index + 1, scalar.Start.Line, scalar.Start.Column + 1)
            : scalar.Start;
    }

    private void Add(Mark mark, string message) =>
        Mistakes.Add(new Mistake(file, (int)mark.Line, (int)mark.Column, message));

    /// <summary>YAML 1.2.2, chapter 10.3.2.</summary>
    private static JsonNode? Resolve(string text) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when Whole().IsMatch(text)
                    && long.TryParse(
                        text,
                        NumberStyles.AllowLeadingSign,
                        CultureInfo.InvariantCulture,
                        out var whole
                    ) => whole,
            _ when Real().IsMatch(text)
                    && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
                    && double.IsFinite(real) => real,
            _ => text,
        };

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Real();
}
