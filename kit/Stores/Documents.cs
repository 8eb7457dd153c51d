using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>Documents as bytes. What a later version has written is refused by its format, before anything else in it
/// is looked at, in a sentence that names the version to use.</summary>
public static class Documents
{
    private const string Needs = "needs";

    /// <summary>Knows nothing of the members that a later version may have.</summary>
    private static readonly JsonSerializerOptions Lenient = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private static readonly Version Ours = typeof(Documents).Assembly.GetName().Version!;

    /// <summary>The oldest format that can hold what these versions brought.</summary>
    public static int FormatOf<T>(params IReadOnlyList<string> versions)
        where T : IDocument =>
        versions.Max(version =>
            1 + T.Formats.TakeWhile(known => Version.Parse(known) < Version.Parse(version)).Count()
        );

    /// <summary>From the second format on a document says which version reads it, for those that do not.</summary>
    public static byte[] Bytes<T>(T document)
        where T : IDocument
    {
        if (document.Format <= 1)
        {
            return Json.Bytes(document);
        }

        var json = JsonSerializer.SerializeToNode(document, Json.Options)!.AsObject();
        json.Insert(1, Needs, T.Formats[document.Format - 1]);
        return Json.Bytes(json);
    }

    /// <summary>Reads a document that this version or an older one wrote; 78 where it is a later one's.</summary>
    /// <param name="utf8">The whole document.</param>
    /// <param name="uri">Where it is, for messages.</param>
    public static T Read<T>(ReadOnlySpan<byte> utf8, string uri)
        where T : IDocument
    {
        var head = HeadOf(utf8);
        if (head?.Format > T.Formats.Count)
        {
            var reader = head.Needs ?? head.Producer?.Version;
            throw Fault.BadConfiguration(
                $"{uri} was written by a later version of Trainyard: it has format {head.Format}, and Trainyard "
                    + $"{Ours.ToString(3)} reads formats up to {T.Formats.Count}. Use "
                    + $"{(reader is null ? "the version that wrote it" : $"Trainyard {reader}")} or later. Nothing was "
                    + "changed."
            );
        }

        try
        {
            return head?.Needs is null ? Json.Read<T>(utf8, uri) : Json.Read<T>(Without(Needs, utf8), uri);
        }
        catch (Fault unread)
            when (Version.TryParse(head?.Producer?.Version, out var writer) && writer > new Version(Ours.ToString(3)))
        {
            throw Fault.BadConfiguration(
                $"{uri} was written by Trainyard {writer} and says what Trainyard {Ours.ToString(3)} does not know. "
                    + $"Use Trainyard {writer} or later. Nothing was changed.",
                unread
            );
        }
    }

    private static Head? HeadOf(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return JsonSerializer.Deserialize<Head>(utf8, Lenient);
        }
        catch (JsonException)
        {
            // Whoever reads the whole says what is wrong.
            return null;
        }
    }

    private static byte[] Without(string member, ReadOnlySpan<byte> utf8)
    {
        var json = JsonSerializer.Deserialize<JsonObject>(utf8, Json.Options)!;
        json.Remove(member);
        return Json.Bytes(json);
    }

    /// <summary>What every document says in every format.</summary>
    private sealed record Head
    {
        public int Format { get; init; } = 1;

        /// <summary>The oldest version that reads it.</summary>
        public string? Needs { get; init; }
        public Writer? Producer { get; init; }
    }

    private sealed record Writer
    {
        public string? Version { get; init; }
    }
}
