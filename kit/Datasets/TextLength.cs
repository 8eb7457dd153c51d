namespace Trainyard.Datasets;

/// <summary>How long a text is, as databases count.</summary>
public static class TextLength
{
    /// <summary>Its characters: the code points of Unicode.</summary>
    public static int Of(ReadOnlySpan<byte> utf8)
    {
        const int follows = 0x80;
        const int mask = 0xC0;
        var count = 0;
        foreach (var value in utf8)
        {
            count += (value & mask) == follows ? 0 : 1;
        }

        return count;
    }
}
