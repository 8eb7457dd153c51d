namespace Trainyard.Learning.Encoding;

/// <summary>Remembers of each bucket the word that most of its rows have (Boyer and Moore's vote), in bounded memory:
/// what is hashed cannot be turned back.</summary>
internal sealed class WordNames(int buckets)
{
    private readonly string?[] _names = new string?[buckets];

    /// <summary>By how many rows a name is ahead of all others together.</summary>
    private readonly int[] _ahead = new int[buckets];

    /// <summary>The last text that a bucket's name was seen in.</summary>
    private readonly int[] _last = new int[buckets];
    private int _text;
    private int _rows;

    /// <summary>Begins another text, which so many rows have.</summary>
    public void Begin(int rows) => (_text, _rows) = (_text + 1, rows);

    public void Add(int bucket, ReadOnlySpan<char> word)
    {
        if (_last[bucket] == _text)
        {
            return;
        }

        _last[bucket] = _text;
        if (word.SequenceEqual(_names[bucket]))
        {
            _ahead[bucket] += _rows;
        }
        else if (_ahead[bucket] >= _rows)
        {
            _ahead[bucket] -= _rows;
        }
        else
        {
            (_names[bucket], _ahead[bucket]) = (word.ToString(), _rows - _ahead[bucket]);
        }
    }

    /// <summary>Null where no word is ahead by as many rows, which then have it.</summary>
    public string? Of(int bucket, int rows) => _ahead[bucket] >= rows ? _names[bucket] : null;
}
