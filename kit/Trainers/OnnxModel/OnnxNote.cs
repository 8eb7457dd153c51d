using System.Text;
using System.Text.Json;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.OnnxModel;

/// <summary>
/// How a file is read: an entry of ours among its metadata, behind all else that it holds. A message of protobuf goes
/// on where another of its kind is put behind it, so whoever reads ONNX reads the file as before, and who leaves the
/// entry out has the file as it was brought.
/// </summary>
internal sealed record OnnxNote
{
    public const string Key = "trainyard.read";

    /// <summary>Among the fields of a model: a list of pairs of texts.</summary>
    private const byte Metadata = (14 << 3) | LengthDelimited;

    private const byte PairKey = (1 << 3) | LengthDelimited;
    private const byte PairValue = (2 << 3) | LengthDelimited;
    private const byte LengthDelimited = 2;

    /// <summary>What the file was called.</summary>
    public required string File { get; init; }

    /// <summary>How long it is without the entry.</summary>
    public required int Bytes { get; init; }

    /// <summary>The name of the output that is read.</summary>
    public required string Output { get; init; }

    public required AnswerForm Form { get; init; }

    /// <summary>How many scores a row has.</summary>
    public required int Width { get; init; }

    /// <summary>Whether it is known which rows it has learned.</summary>
    public required bool IsLearnedThroughKnown { get; init; }

    public byte[] Behind(ReadOnlySpan<byte> file)
    {
        byte[] pair =
        [
            .. Field(PairKey, Encoding.UTF8.GetBytes(Key)),
            .. Field(PairValue, JsonSerializer.SerializeToUtf8Bytes(this, Json.Compact)),
        ];
        return [.. file, .. Field(Metadata, pair)];
    }

    private static byte[] Field(byte tag, byte[] content) => [tag, .. Length(content.Length), .. content];

    /// <summary>In groups of seven bits, the lowest first.</summary>
    private static IEnumerable<byte> Length(int length)
    {
        const int groupBits = 7;
        const int more = 1 << groupBits;
        for (; length >= more; length >>= groupBits)
        {
            yield return (byte)((length & (more - 1)) | more);
        }

        yield return (byte)length;
    }
}
