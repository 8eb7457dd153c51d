using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;

namespace Trainyard.Learning.Drift;

/// <summary>What a column of a frame held in each block.</summary>
internal sealed class InputHistory : IInputHistory
{
    private const int Several = -2;
    private const int Nowhere = -1;

    private readonly FrameColumn _column;
    private readonly Binning _binning;
    private readonly RowBlocks _blocks;

    /// <summary>Of a category: the bin of each code, and the only block that has it.</summary>
    private readonly int[] _binOf = [];
    private readonly int[] _onlyIn = [];

    public InputHistory(EncodedColumn column, FrameColumn values, RowBlocks blocks)
    {
        _column = Binning.Compared(values);
        (_binning, _blocks) = (Binning.Of(column, _column), blocks);
        if (_column is CategoryColumn category)
        {
            _binOf = _binning.OfCodes(category);
            _onlyIn = OnlyIn(category, blocks);
        }
    }

    public string Name => _column.Name;

    public IReadOnlyList<double>? Ends => _column is NumberColumn ? _binning.Ends : null;

    public IReadOnlyList<string>? Levels => _binning.Levels;

    public int Bins => _binning.Count;

    public long Count(int block, Span<long> bins)
    {
        var unseen = 0L;
        if (_column is NumberColumn numbers)
        {
            foreach (var row in _blocks.RowsOf(block))
            {
                bins[_binning.Of(numbers[row])]++;
            }

            return unseen;
        }

        var codes = ((CategoryColumn)_column).Codes;
        foreach (var row in _blocks.RowsOf(block))
        {
            bins[_binOf[codes[row]]]++;
            unseen += _onlyIn[codes[row]] == block ? 1 : 0;
        }

        return unseen;
    }

    private static int[] OnlyIn(CategoryColumn column, RowBlocks blocks)
    {
        var only = new int[column.Levels.Count + 1];
        Array.Fill(only, Nowhere);
        for (var row = 0; row < column.Codes.Length; row++)
        {
            ref var found = ref only[column.Codes[row]];
            found = found == Nowhere || found == blocks.Places[row] ? blocks.Places[row] : Several;
        }

        // Null is no level.
        only[0] = Several;
        return only;
    }
}
