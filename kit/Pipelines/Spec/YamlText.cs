using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Trainyard.Pipelines;

/// <summary>
/// A YAML file as JSON, with the place of every key and value. Plain scalars follow YAML 1.2's core schema: <c>10:30</c> and
/// <c>NO</c> are text.
/// </summary>
internal sealed partial class YamlText
{
    private readonly Dictionary<string, Mark> _keys = [];
    private readonly Dictionary<string, Mark> _values = [];
    private readonly string _file;

    private YamlText(string file) => _file = file;

    /// <summary>The document's content.</summary>
    public JsonNode? Content { get; private set; }

    public List<Mistake> Mistakes { get; } = [];

    public static YamlText Parse(string text, string file)
    {
        var yaml = new YamlText(file);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1)
            {
                yaml.Content = yaml.Convert(stream.Documents[0].RootNode, "");
            }
            else
            {
                yaml.Mistakes.Add(new Mistake(file, 1, 1, stream.Documents.Count == 0 ? "the file is empty." : "the file holds several documents; a spec is one."));
            }
        }
        catch (YamlException broken)
        {
            yaml.Mistakes.Add(new Mistake(file, (int)broken.Start.Line, (int)broken.Start.Column, $"this is not YAML: {broken.Message.TrimEnd('.')}."));
        }

        return yaml;
    }

    /// <summary>A mistake at the value of a JSON pointer, or at the nearest thing around it that the file holds.</summary>
    public Mistake At(string pointer, string message) => At(_values, pointer, message);

    /// <summary>A mistake at a key.</summary>
    public Mistake AtKey(string pointer, string message) => At(_keys.ContainsKey(pointer) ? _keys : _values, pointer, message);

    /// <summary>Whether the file itself says it, or a default does.</summary>
    public bool Has(string pointer) => _values.ContainsKey(pointer);

    private Mistake At(Dictionary<string, Mark> marks, string pointer, string message)
    {
        for (; pointer.Length > 0 && !marks.ContainsKey(pointer); pointer = pointer[..pointer.LastIndexOf('/')])
        {
            marks = _values;
        }

        var mark = marks.TryGetValue(pointer, out var found) ? found : new Mark(0, 1, 1);
        return new Mistake(_file, (int)mark.Line, (int)mark.Column, message);
    }

    private JsonNode? Convert(YamlNode node, string pointer)
    {
        _values[pointer] = node.Start;
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JsonObject();
                foreach (var (key, value) in mapping.Children)
                {
                    var name = (key as YamlScalarNode)?.Value ?? key.ToString();
                    var at = $"{pointer}/{Escape(name)}";
                    _keys[at] = key.Start;
                    if (!members.TryAdd(name, Convert(value, at)))
                    {
                        Mistakes.Add(new Mistake(_file, (int)key.Start.Line, (int)key.Start.Column, $"the key '{name}' stands here twice; remove one."));
                    }
                }

                return members;
            case YamlSequenceNode sequence:
                return new JsonArray([.. sequence.Children.Select((item, at) => Convert(item, $"{pointer}/{at.ToString(CultureInfo.InvariantCulture)}"))]);
            case YamlScalarNode { Style: ScalarStyle.Plain } plain:
                return Resolve(plain.Value ?? "");
            default:
                return ((YamlScalarNode)node).Value;
        }
    }

    /// <summary>YAML 1.2.2, chapter 10.3.2.</summary>
    private static JsonNode? Resolve(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => true,
        "false" or "False" or "FALSE" => false,
        _ when Whole().IsMatch(text) && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
        _ when Real().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) => real,
        _ => text,
    };

    /// <summary>A name as a part of a JSON pointer (RFC 6901).</summary>
    public static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[-+]?[0-9]+\z")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Real();
}
