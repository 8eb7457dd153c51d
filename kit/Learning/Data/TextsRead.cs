using Trainyard.Datasets;

namespace Trainyard.Learning.Data;

/// <summary>Gathers the texts of a column while its rows are read; short ones, which may come again, once.</summary>
internal sealed class TextsRead(string name, DatasetReader reader, int index)
{
    /// <summary>Bytes.</summary>
    private const int LongestKnown = 256;

    private readonly List<int> _codes = [];
    private readonly List<byte[]> _texts = [];
    private readonly List<int> _lengths = [];
    private readonly Dictionary<byte[], int>.AlternateLookup<ReadOnlySpan<byte>> _codeOf = new Dictionary<byte[], int>(
        Utf8Comparer.Instance
    ).GetAlternateLookup<ReadOnlySpan<byte>>();

    /// <summary>Adds the text of the reader's current row.</summary>
    public void Add() => _codes.Add(reader.IsNull(index) ? 0 : CodeOf(Checked()));

    public TextColumn Build() => new(name, [.. _codes], _texts, _lengths);

    private ReadOnlySpan<byte> Checked()
    {
        reader.Check(index);
        return reader.Utf8(index);
    }

    private int CodeOf(ReadOnlySpan<byte> text)
    {
        if (text.Length <= LongestKnown && _codeOf.TryGetValue(text, out var known))
        {
            return known;
        }

        _texts.Add(TextColumn.Cut(text, TextColumn.MostBytes).ToArray());
        _lengths.Add(TextLength.Of(text));
        if (text.Length <= LongestKnown)
        {
            _codeOf[text] = _texts.Count;
        }

        return _texts.Count;
    }
}
