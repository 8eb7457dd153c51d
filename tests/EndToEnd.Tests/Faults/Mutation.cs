using System.Globalization;

namespace Trainyard.Tests.EndToEnd;

/// <summary>One seeded change of a file: bits, bytes, fields, digits, ends. The same seed makes the same change of
/// the same file.</summary>
internal static class Mutation
{
    private static readonly (string Name, Func<byte[], Random, byte[]> Change)[] Kinds =
    [
        ("a flipped bit", FlipBit),
        ("another byte", (bytes, random) => Replace(bytes, random.Next(bytes.Length), 1, [(byte)random.Next(256)])),
        ("another digit", ChangeDigit),
        ("bytes cut out", (bytes, random) => Replace(bytes, random.Next(bytes.Length), random.Next(1, 64), [])),
        ("bytes put in", (bytes, random) => Replace(bytes, random.Next(bytes.Length), 0, Noise(random))),
        ("bytes repeated", Repeat),
        ("two fields swapped", SwapFields),
        ("a line lost", LoseLine),
        ("the end cut off", (bytes, random) => bytes[..random.Next(bytes.Length)]),
        ("nothing left", (_, _) => []),
    ];

    /// <summary>Changes a file in place, and says how.</summary>
    public static string Apply(string path, Random random)
    {
        var before = File.ReadAllBytes(path);
        var (name, change) = Kinds[random.Next(Kinds.Length)];
        var after = change(before, random);

        // A new file, for the old one is shared with the other rounds by hard links.
        File.Delete(path);
        File.WriteAllBytes(path, after);
        return after.AsSpan().SequenceEqual(before)
            ? "no change"
            : string.Create(CultureInfo.InvariantCulture, $"{name} ({before.Length} to {after.Length} bytes)");
    }

    private static byte[] FlipBit(byte[] bytes, Random random)
    {
        var changed = bytes.ToArray();
        changed[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        return changed;
    }

    private static byte[] ChangeDigit(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        var at = bytes.AsSpan(start).IndexOfAnyInRange((byte)'0', (byte)'9');
        return at < 0 ? FlipBit(bytes, random) : Replace(bytes, start + at, 1, [(byte)('0' + random.Next(10))]);
    }

    private static byte[] Repeat(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        return Replace(bytes, start, 0, bytes[start..Math.Min(bytes.Length, start + random.Next(1, 200))]);
    }

    private static byte[] SwapFields(byte[] bytes, Random random)
    {
        var separators = bytes
            .Index()
            .Where(each => each.Item is (byte)',' or (byte)'\n' or (byte)':')
            .Select(each => each.Index)
            .ToList();
        if (separators.Count < 3)
        {
            return FlipBit(bytes, random);
        }

        var first = random.Next(separators.Count - 2);
        var (a, b, c) = (separators[first], separators[first + 1], separators[first + 2]);
        return [.. bytes[..a], .. bytes[b..c], .. bytes[a..b], .. bytes[c..]];
    }

    private static byte[] LoseLine(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        var line = bytes.AsSpan(start).IndexOf((byte)'\n');
        var next = line < 0 ? -1 : bytes.AsSpan(start + line + 1).IndexOf((byte)'\n');
        return next < 0 ? bytes[..start] : Replace(bytes, start + line + 1, next + 1, []);
    }

    private static byte[] Noise(Random random)
    {
        var noise = new byte[random.Next(1, 64)];
        random.NextBytes(noise);
        return noise;
    }

    private static byte[] Replace(byte[] bytes, int start, int count, byte[] with) =>
        [.. bytes[..start], .. with, .. bytes[Math.Min(bytes.Length, start + count)..]];
}
