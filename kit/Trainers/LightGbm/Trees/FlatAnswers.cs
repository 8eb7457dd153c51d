using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Answers blocks of rows with flat trees; one a thread, for it keeps what it works with.</summary>
internal sealed class FlatAnswers(FlatTrees trees)
{
    private readonly double[] _values = new double[FlatTrees.RowsAtOnce];
    private readonly int[] _block = new int[Math.Max(1, trees.Columns.Count) * FlatTrees.RowsAtOnce];
    private readonly double[] _sums = new double[trees.Width * FlatTrees.RowsAtOnce];

    /// <summary>Raw scores.</summary>
    /// <param name="columns">Those that the model learned from, in their order.</param>
    /// <param name="first">The first row to answer.</param>
    /// <param name="scores">Row by row; as long as there are rows to answer.</param>
    public void Answer(IReadOnlyList<InputColumn> columns, int first, Span<double> scores)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns.Count, trees.Columns.Features);
        var (rows, width) = (scores.Length / trees.Width, trees.Width);
        for (var done = 0; done < rows; done += FlatTrees.RowsAtOnce)
        {
            var some = Math.Min(FlatTrees.RowsAtOnce, rows - done);
            for (var feature = 0; feature < columns.Count; feature++)
            {
                if (trees.Columns.IsUsed(feature))
                {
                    var values = _values.AsSpan(0, some);
                    columns[feature].Read(first + done, values);
                    trees.Columns.Fill(feature, values, _block, FlatTrees.RowsAtOnce);
                }
            }

            trees.Answer(_block, some, _sums);
            for (var ofClass = 0; ofClass < width; ofClass++)
            {
                var sums = _sums.AsSpan(ofClass * FlatTrees.RowsAtOnce, some);
                for (int row = 0, at = (done * width) + ofClass; row < some; row++, at += width)
                {
                    scores[at] = sums[row];
                }
            }
        }
    }
}
