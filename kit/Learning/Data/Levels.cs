using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Data;

/// <summary>Gathers the levels of a column while its rows are read: of a category, or of a label that is a
/// class.</summary>
internal sealed class Levels
{
    private readonly DatasetReader _reader;
    private readonly int _index;
    private readonly List<string> _names = [];
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _codeOf = new Dictionary<string, int>(
        StringComparer.Ordinal
    ).GetAlternateLookup<ReadOnlySpan<char>>();
    private char[] _text = new char[256];

    public Levels(DatasetReader reader, int index)
    {
        (_reader, _index) = (reader, index);
        HasNumbers = reader.Columns[index].Type.IsNumber();
    }

    /// <summary>Whether they are numbers, each in the one way that <see cref="LevelText"/> writes it.</summary>
    public bool HasNumbers { get; }

    public IReadOnlyList<string> Names => _names;

    /// <summary>The level of the reader's current row: 0 where null, else one more than its place among
    /// <see cref="Names"/>.</summary>
    public int Read()
    {
        if (_reader.IsNull(_index))
        {
            return 0;
        }

        var utf8 = _reader.Utf8(_index);
        if (_text.Length < utf8.Length)
        {
            _text = new char[utf8.Length * 2];
        }

        ReadOnlySpan<char> text = _text.AsSpan(0, System.Text.Encoding.UTF8.GetChars(utf8, _text));
        text = HasNumbers ? LevelText.OfNumber(text) : text;
        if (!_codeOf.TryGetValue(text, out var code))
        {
            _names.Add(text.ToString());
            code = _names.Count;
            _codeOf[text] = code;
        }

        return code;
    }
}
