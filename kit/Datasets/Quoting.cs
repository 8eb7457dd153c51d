namespace Trainyard.Datasets;

/// <summary>Finds what breaks the rules of quoting, for a message.</summary>
internal static class Quoting
{
    /// <summary>The position and the text of the first field that breaks the rules of quoting.</summary>
    public static (int Field, byte[] Text) FirstMalformed(ReadOnlySpan<byte> record)
    {
        for (int start = 0, field = 0; ; field++)
        {
            var rest = record[start..];
            var end = EndOf(rest, out var isSound);
            if (!isSound || end == rest.Length)
            {
                return (field, rest[..end].ToArray());
            }

            start += end + 1;
        }
    }

    private static int EndOf(ReadOnlySpan<byte> text, out bool isSound)
    {
        var at = 0;
        isSound = true;
        if (text is [(byte)'"', ..])
        {
            isSound = false;
            for (at = 1; at < text.Length; at++)
            {
                if (text[at] != '"')
                {
                    continue;
                }

                if (at + 1 < text.Length && text[at + 1] == '"')
                {
                    at++;
                    continue;
                }

                at++;
                isSound = at == text.Length || text[at] == ',';
                break;
            }
        }

        var comma = text[at..].IndexOf((byte)',');
        var end = comma < 0 ? text.Length : at + comma;
        isSound &= text is [(byte)'"', ..] || !text[..end].Contains((byte)'"');
        return end;
    }
}
