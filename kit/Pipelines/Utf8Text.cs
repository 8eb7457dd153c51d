using System.Text;

namespace Trainyard.Pipelines;

/// <summary>
/// The one way in which text that people write is read: UTF-8, with or without a byte order mark. Anything else is not
/// guessed at, for a word with another letter in it is another word.
/// </summary>
public static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>Reads a file; 78 with the place where it is no UTF-8.</summary>
    public static string Read(string file) => Decode(File.ReadAllBytes(file), file);

    /// <summary>Decodes a file's content; 78 with the place where it is no UTF-8.</summary>
    public static string Decode(ReadOnlySpan<byte> content, string file) =>
        TryDecode(content, out var place) is { } text
            ? text
            : throw Fault.BadConfiguration($"{file}:{place!.Line}:{place.Column}: {place.What} Nothing was changed.");

    /// <summary>The text, without its mark; null where it is none.</summary>
    public static string? TryDecode(ReadOnlySpan<byte> content, out NotUtf8? place)
    {
        var text = content.StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
        place = BreakOf(content, text);
        return place is null ? Strict.GetString(text) : null;
    }

    private static NotUtf8? BreakOf(ReadOnlySpan<byte> content, ReadOnlySpan<byte> text)
    {
        if (content.StartsWith(Encoding.Unicode.Preamble) || content.StartsWith(Encoding.BigEndianUnicode.Preamble))
        {
            return new(1, 1, "this is UTF-16 (or UTF-32), not UTF-8: save the file as UTF-8.");
        }

        if (text.IndexOf((byte)0) is >= 0 and var nul)
        {
            return At(text, nul, "there is a NUL byte, as in UTF-16 or in what is no text: save the file as UTF-8.");
        }

        return InvalidAt(text) is { } invalid
            ? At(text, invalid, $"the byte 0x{text[invalid]:X2} is not UTF-8: save the file as UTF-8.")
            : null;
    }

    private static int? InvalidAt(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; )
        {
            if (Rune.DecodeFromUtf8(text[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return at;
            }

            at += length;
        }

        return null;
    }

    private static NotUtf8 At(ReadOnlySpan<byte> text, int index, string what) =>
        new(text[..index].Count((byte)'\n') + 1, index - text[..index].LastIndexOf((byte)'\n'), what);
}
