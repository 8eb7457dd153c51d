using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;

namespace Trainyard.Trainers.KMeans;

/// <summary>The rows to learn as points. What is added up over rows is so in blocks, always the same ones and in their
/// order, so any number of threads gives the same bits.</summary>
internal sealed class Cloud
{
    private const int MostBlocks = 16;
    private const int RowsAtOnce = 1024;

    /// <summary>All blocks together have sums of about so many numbers.</summary>
    private const int MostSums = 1 << 24;

    private readonly EncodedRows _rows;
    private readonly int[] _order;
    private readonly ParallelOptions _parallel;

    public Cloud(Design space, EncodedRows rows, int[] order, int threads, CancellationToken cancel)
    {
        (Space, _rows, _order) = (space, rows, order);
        _parallel = new() { MaxDegreeOfParallelism = threads, CancellationToken = cancel };
    }

    public Design Space { get; }

    public int Count => _order.Length;

    /// <summary>So many of the rows, spread over all; all where there are no more.</summary>
    public Cloud Some(int most) =>
        Count <= most
            ? this
            : new Cloud(
                Space,
                _rows,
                Array.ConvertAll(Spread.Of(Count, most), place => _order[place]),
                _parallel.MaxDegreeOfParallelism,
                _parallel.CancellationToken
            );

    /// <summary>How many rows differ from each other; counting ends where it is clear that they are enough.</summary>
    public int CountDifferent(int enough)
    {
        var different = new HashSet<int>(new SameRow(_rows));
        foreach (var row in _order)
        {
            _parallel.CancellationToken.ThrowIfCancellationRequested();
            if (different.Add(row) && different.Count >= enough)
            {
                break;
            }
        }

        return different.Count;
    }

    /// <summary>By column: the mean of its squares.</summary>
    public double[] MeanSquares() =>
        [
            .. _rows.Columns.Select(
                (values, column) =>
                    _order.Sum(row => Space.At(column, values[row]).Value is var value ? value * value : 0) / Count
            ),
        ];

    /// <summary>Writes a row's coordinates as one of so many centres.</summary>
    public void Copy(int place, double[] centres, int centre, int width)
    {
        for (var at = centre; at < centres.Length; at += width)
        {
            centres[at] = 0;
        }

        for (var column = 0; column < _rows.Columns.Count; column++)
        {
            var (at, value) = Space.At(column, _rows.Columns[column][_order[place]]);
            centres[(at * width) + centre] = value;
        }
    }

    /// <summary>The squared distances of every row from some centres, a number a centre.</summary>
    public double[] SquaresFrom(double[] centres, int width)
    {
        var (squares, weights) = (new double[Count * width], Centres.Weights(centres, width));
        ForBlocks(
            BlocksOf(width),
            (_, first, count) =>
                Centres.Squares(
                    Space,
                    _rows,
                    _order.AsSpan(first, count),
                    weights,
                    width,
                    squares.AsSpan(first * width, count * width)
                )
        );
        return squares;
    }

    /// <summary>Puts each row with its nearest centre, and adds up those that are together.</summary>
    /// <param name="groups">Where rows are; gets where they belong.</param>
    /// <param name="nearest">Gets the squared distance of each from there.</param>
    public Gathered Gather(double[] centres, int width, int[] groups, double[] nearest)
    {
        var (weights, blocks) = (Centres.Weights(centres, width), BlocksOf(width));
        var parts = new Gathered[blocks];
        for (var block = 0; block < blocks; block++)
        {
            parts[block] = new Gathered(Space.Places, width);
        }

        ForBlocks(
            blocks,
            (block, first, count) =>
            {
                var squares = new double[count * width];
                Centres.Squares(Space, _rows, _order.AsSpan(first, count), weights, width, squares);
                for (var i = 0; i < count; i++)
                {
                    parts[block].Put(first + i, squares.AsSpan(i * width, width), groups, nearest);
                }

                Add(parts[block], first, count, groups);
            }
        );
        return Gathered.Sum(parts);
    }

    /// <summary>Adds up rows that were put together elsewhere.</summary>
    public Gathered Gather(int width, int[] groups)
    {
        var all = new Gathered(Space.Places, width);
        foreach (var group in groups)
        {
            all.Counts[group]++;
        }

        Add(all, 0, Count, groups);
        return all;
    }

    private void Add(Gathered into, int first, int count, int[] groups)
    {
        for (var column = 0; column < _rows.Columns.Count; column++)
        {
            var values = _rows.Columns[column];
            for (var i = first; i < first + count; i++)
            {
                var (place, value) = Space.At(column, values[_order[i]]);
                into.Sums[(place * into.Width) + groups[i]] += value;
            }
        }
    }

    private int BlocksOf(int width) =>
        Math.Clamp(Math.Min(Count / RowsAtOnce, MostSums / (Space.Places * width)), 1, MostBlocks);

    private void ForBlocks(int blocks, Action<int, int, int> each) =>
        Parallel.For(
            0,
            blocks,
            _parallel,
            block =>
            {
                var (first, end) = ((int)((long)block * Count / blocks), (int)((long)(block + 1) * Count / blocks));
                for (; first < end; first += RowsAtOnce)
                {
                    _parallel.CancellationToken.ThrowIfCancellationRequested();
                    each(block, first, Math.Min(RowsAtOnce, end - first));
                }
            }
        );
}
