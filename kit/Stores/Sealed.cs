using System.Security.Cryptography;
using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>
/// JSON documents that vouch for themselves: the last member, <c>seal</c>, is the SHA-256 of all bytes before it.
/// Manifests
/// vouch for parts, but nothing would vouch for a manifest: a flipped bit in it could change a number that nobody
/// notices.
/// </summary>
public static class Sealed
{
    private const int Digits = 2 * SHA256.HashSizeInBytes;

    private static readonly byte[] Member = ",\n  \"seal\": \""u8.ToArray();
    private static readonly byte[] Ending = "\"\n}\n"u8.ToArray();
    private static readonly byte[] Unsealed = "\n}\n"u8.ToArray();

    public static byte[] Bytes<T>(T value)
        where T : IDocument
    {
        var body = Documents.Bytes(value).AsSpan()[..^Unsealed.Length];
        return [.. body, .. Member, .. Encoding.ASCII.GetBytes(SealOf(body)), .. Ending];
    }

    /// <summary>Reads a document that <see cref="Bytes"/> made; 65 where any byte of it is another by now, 78 where a
    /// later version made it.</summary>
    /// <param name="bytes">The whole document.</param>
    /// <param name="uri">Where it is, for messages.</param>
    public static T Read<T>(ReadOnlySpan<byte> bytes, string uri)
        where T : IDocument
    {
        var body = bytes[..Math.Max(0, bytes.Length - Member.Length - Digits - Ending.Length)];
        var seal = bytes[body.Length..];
        if (!seal.StartsWith(Member) || !seal.EndsWith(Ending))
        {
            throw Fault.BadData(
                $"{uri} is not a file this version of Trainyard wrote: it does not end with its seal. Nothing "
                    + "was changed; start a new run."
            );
        }

        return Encoding.ASCII.GetString(seal.Slice(Member.Length, Digits)) == SealOf(body)
            ? Documents.Read<T>([.. body, .. Unsealed], uri)
            : throw Fault.BadData(
                $"{uri} is not what was written: its seal does not fit. Nothing was changed; start a new run."
            );
    }

    private static string SealOf(ReadOnlySpan<byte> body) => Convert.ToHexStringLower(SHA256.HashData(body));
}
