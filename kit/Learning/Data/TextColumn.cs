using Trainyard.Registry;

namespace Trainyard.Learning.Data;

/// <summary>A feature's texts, in UTF-8: half the memory of .NET's.</summary>
/// <param name="Codes">0 where null, else one more than the text's place in <paramref name="Texts"/>.</param>
/// <param name="Texts">As much of each as a model reads.</param>
/// <param name="Lengths">How many characters the whole of each has.</param>
public sealed record TextColumn(string Name, int[] Codes, IReadOnlyList<byte[]> Texts, IReadOnlyList<int> Lengths)
    : FrameColumn(Name)
{
    /// <summary>What lies beyond so many bytes of a text is not read, so a row has no more memory than that.</summary>
    public const int MostBytes = 1 << 15;

    public override FeatureColumn Feature => new(Name, FeatureColumnKind.Text);

    public override bool IsNull(int row) => Codes[row] == 0;

    public override FrameColumn Take(int[] rows) => this with { Codes = Array.ConvertAll(rows, row => Codes[row]) };

    /// <summary>The lengths of all rows, by which profiles know a text.</summary>
    public NumberColumn ToLengths() =>
        new(Name, Array.ConvertAll(Codes, code => code == 0 ? float.NaN : Lengths[code - 1]));

    /// <summary>The beginning of a text, without a torn character at its end.</summary>
    public static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> utf8, int most)
    {
        const int follows = 0x80;
        const int mask = 0xC0;
        if (utf8.Length <= most)
        {
            return utf8;
        }

        while (most > 0 && (utf8[most] & mask) == follows)
        {
            most--;
        }

        return utf8[..most];
    }

    /// <summary>Puts columns one after the other.</summary>
    public static TextColumn Join(string name, IReadOnlyList<TextColumn> parts)
    {
        var (codes, texts, lengths) = (new List<int>(), new List<byte[]>(), new List<int>());
        foreach (var part in parts)
        {
            var before = texts.Count;
            codes.AddRange(part.Codes.Select(code => code == 0 ? 0 : code + before));
            texts.AddRange(part.Texts);
            lengths.AddRange(part.Lengths);
        }

        return new TextColumn(name, [.. codes], texts, lengths);
    }
}
