namespace Trainyard.Learning.Encoding;

/// <summary>Remembers of each bucket the word that most of its rows have (Boyer and Moore's vote), in bounded memory:
/// what is hashed cannot be turned back.</summary>
/// <param name="least">How many rows, of as many keys, must have a word that may be told.</param>
internal sealed class WordNames(int buckets, int least)
{
    private readonly string?[] _names = new string?[buckets];

    /// <summary>By how many rows a name is ahead of all others together.</summary>
    private readonly int[] _ahead = new int[buckets];

    /// <summary>Keys of rows that have the name, so many a bucket and no more.</summary>
    private readonly ulong[] _keys = new ulong[buckets * least];
    private readonly int[] _keysSeen = new int[buckets];

    /// <summary>The last text that a bucket's name was seen in.</summary>
    private readonly int[] _last = new int[buckets];
    private IReadOnlyCollection<ulong> _keysOfText = [];
    private int _text;
    private int _rows;

    /// <summary>Begins another text, which so many rows have.</summary>
    /// <param name="keys">Of these rows, each once; no more are needed than must have a word.</param>
    public void Begin(int rows, IReadOnlyCollection<ulong> keys) =>
        (_text, _rows, _keysOfText) = (_text + 1, rows, keys);

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
            AddKeys(bucket);
        }
        else if (_ahead[bucket] >= _rows)
        {
            _ahead[bucket] -= _rows;
        }
        else
        {
            (_names[bucket], _ahead[bucket], _keysSeen[bucket]) = (word.ToString(), _rows - _ahead[bucket], 0);
            AddKeys(bucket);
        }
    }

    /// <summary>Null where no word is ahead by as many rows as it takes, or these are of fewer keys.</summary>
    public string? Of(int bucket) => _ahead[bucket] >= least && _keysSeen[bucket] >= least ? _names[bucket] : null;

    private void AddKeys(int bucket)
    {
        var known = _keys.AsSpan(bucket * least, least);
        foreach (var key in _keysOfText)
        {
            ref var seen = ref _keysSeen[bucket];
            if (seen < least && !known[..seen].Contains(key))
            {
                known[seen++] = key;
            }
        }
    }
}
