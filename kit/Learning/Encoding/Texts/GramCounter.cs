using System.Buffers;
using System.Globalization;
using System.Text;
using Trainyard.Learning.Data;

namespace Trainyard.Learning.Encoding;

/// <summary>
/// Takes texts apart into words and the pieces of four characters within them, and counts each by the bucket that it is
/// hashed into. Words are runs of letters, marks and digits, in lower case; an emoji is one, however many code points
/// it has, and so is a character of a script without spaces, with the next one. What belongs together is .NET's own
/// knowledge of Unicode (text elements, categories), so it is the same wherever a package is loaded.
/// </summary>
internal sealed class GramCounter(int buckets)
{
    private const int PieceLength = 4;
    private const ulong OfWord = 0x9E3779B97F4A7C15;
    private const ulong OfPiece = 0xC2B2AE3D27D4EB4F;
    private const ulong OfPair = 0x165667B19E3779F9;
    private const ulong Prime = 1099511628211;
    private const char Edge = ' ';

    private readonly int[] _counts = new int[buckets];
    private readonly List<int> _found = [];
    private char[] _text = new char[1024];
    private char[] _folded = new char[1024];
    private NameSeen? _name;

    /// <summary>Told of each word of a text, each time it comes.</summary>
    public delegate void NameSeen(int bucket, ReadOnlySpan<char> word);

    /// <summary>How often the last text has what is hashed into a bucket.</summary>
    public int CountOf(int bucket) => _counts[bucket];

    /// <summary>The buckets of a text, each once.</summary>
    public IReadOnlyList<int> Of(ReadOnlySpan<byte> utf8, NameSeen? name = null)
    {
        foreach (var bucket in _found)
        {
            _counts[bucket] = 0;
        }

        _found.Clear();
        _name = name;
        Split(Folded(utf8));
        return _found;
    }

    /// <summary>Without the difference between upper and lower case, which is by character: what is written ς or σ is
    /// Σ in upper case.</summary>
    private ReadOnlySpan<char> Folded(ReadOnlySpan<byte> utf8)
    {
        if (_text.Length < utf8.Length)
        {
            _text = new char[utf8.Length * 2];
            _folded = new char[utf8.Length * 2];
        }

        ReadOnlySpan<char> text = _text.AsSpan(0, System.Text.Encoding.UTF8.GetChars(utf8, _text));
        text.ToUpperInvariant(_folded);
        ((ReadOnlySpan<char>)_folded.AsSpan(0, text.Length)).ToLowerInvariant(_text);
        return text;
    }

    private void Split(ReadOnlySpan<char> text)
    {
        var start = -1;
        var alone = ReadOnlySpan<char>.Empty;
        for (var at = 0; at < text.Length; )
        {
            var element = text.Slice(at, ElementLength(text[at..]));
            var kind = KindOf(element);
            if (kind == Kind.Within)
            {
                start = start < 0 ? at : start;
                alone = default;
            }
            else
            {
                End(text, start, at);
                start = -1;
                if (kind == Kind.Alone)
                {
                    Word(element);
                    Pair(alone, element);
                }

                alone = kind == Kind.Alone ? element : default;
            }

            at += element.Length;
        }

        End(text, start, text.Length);
    }

    private void End(ReadOnlySpan<char> text, int start, int end)
    {
        if (start >= 0)
        {
            Word(text[start..end]);
            Pieces(text[start..end]);
        }
    }

    private void Word(ReadOnlySpan<char> word)
    {
        var bucket = Add(Hash(OfWord, word));
        _name?.Invoke(bucket, word);
    }

    private void Pair(ReadOnlySpan<char> first, ReadOnlySpan<char> second)
    {
        if (!first.IsEmpty)
        {
            Add(Hash(Hash(OfPair, first), second));
        }
    }

    /// <summary>Of a word with its edges; what is shorter than a piece has none.</summary>
    private void Pieces(ReadOnlySpan<char> word)
    {
        for (var first = -1; first + PieceLength <= word.Length + 1; first++)
        {
            var hash = OfPiece;
            for (var at = first; at < first + PieceLength; at++)
            {
                hash = (hash ^ (at < 0 || at == word.Length ? Edge : word[at])) * Prime;
            }

            Add(hash);
        }
    }

    private int Add(ulong hash)
    {
        var bucket = (int)(KeyHash.Mix(hash) % (ulong)buckets);
        if (_counts[bucket]++ == 0)
        {
            _found.Add(bucket);
        }

        return bucket;
    }

    private static ulong Hash(ulong hash, ReadOnlySpan<char> text)
    {
        foreach (var value in text)
        {
            hash = (hash ^ value) * Prime;
        }

        return hash;
    }

    private static int ElementLength(ReadOnlySpan<char> text) =>
        char.IsAscii(text[0]) && (text.Length == 1 || char.IsAscii(text[1]))
            ? 1
            : StringInfo.GetNextTextElementLength(text);

    private static Kind KindOf(ReadOnlySpan<char> element)
    {
        if (char.IsAscii(element[0]))
        {
            return char.IsAsciiLetterOrDigit(element[0]) || element[0] == '_' ? Kind.Within : Kind.Between;
        }

        return Rune.DecodeFromUtf16(element, out var rune, out _) == OperationStatus.Done
            ? Rune.GetUnicodeCategory(rune) switch
            {
                UnicodeCategory.OtherSymbol => Kind.Alone,
                UnicodeCategory.OtherLetter when IsWithoutSpaces(rune.Value) => Kind.Alone,
                <= UnicodeCategory.OtherNumber => Kind.Within,
                _ => Kind.Between,
            }
            : Kind.Between;
    }

    /// <summary>Of the blocks of Unicode for Chinese and Japanese, in which most characters are a word or half of
    /// one.</summary>
    private static bool IsWithoutSpaces(int value) =>
        value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    private enum Kind
    {
        Between,
        Within,
        Alone,
    }
}
