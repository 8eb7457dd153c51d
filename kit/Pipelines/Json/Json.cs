using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Trainyard.Pipelines;

/// <summary>How everything Trainyard writes as JSON looks: snake_case names, unknown members refused, readable
/// text.</summary>
public static class Json
{
    public static JsonSerializerOptions Options { get; } = Make(indented: true);

    /// <summary>One line, for hashes and logs.</summary>
    public static JsonSerializerOptions Compact { get; } = Make(indented: false);

    /// <summary>Reads documents that have all their members, always: also of what a constructor takes none may be
    /// missing.</summary>
    public static JsonSerializerOptions Whole { get; } = Make(indented: false, whole: true);

    public static byte[] Bytes<T>(T value) => [.. JsonSerializer.SerializeToUtf8Bytes(value, Options), (byte)'\n'];

    /// <summary>Reads JSON that Trainyard wrote; anything else is 65, naming the file.</summary>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string name)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, Options) ?? throw new JsonException("It is null.");
        }
        catch (Exception broken)
            when (broken is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            throw Fault.BadData($"{name} is not a file this version of Trainyard wrote: {broken.Message}", broken);
        }
    }

    private static JsonSerializerOptions Make(bool indented, bool whole = false)
    {
        var options = new JsonSerializerOptions(JsonSerializerOptions.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            DictionaryKeyPolicy = null,
            WriteIndented = indented,
            NewLine = "\n",
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            RespectRequiredConstructorParameters = whole,
            TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
        };
        options.MakeReadOnly();
        return options;
    }
}
