using Trainyard.Learning.Encoding;
using Trainyard.Learning.Training;

namespace Trainyard.Trainers.Linear;

/// <summary>What a fit makes small: the losses of the rows learned, with their weights. What is added up over rows is
/// so in blocks, always the same ones and in their order, so any number of threads gives the same bits.</summary>
internal sealed class Problem
{
    private const int MostBlocks = 16;
    private const int LeastRows = 1024;

    /// <summary>Where there are texts, a block has so much to add up for each sum that it begins.</summary>
    private const int GramsAPlace = 4;

    /// <summary>All blocks together have sums of about so many numbers.</summary>
    private const int MostSums = 1 << 24;

    /// <summary>Scores are then within about 1e-7 of those that are best; among which one is to be chosen, within about
    /// 1e-4.</summary>
    private const double EnoughOfAll = 1e-14;
    private const double EnoughOfOne = 1e-8;

    /// <summary>Within about 1e-4: of so many weights each step takes long, and none is told to more digits. Penalties
    /// are told apart by less.</summary>
    private const double EnoughOfTexts = 1e-8;
    private const double EnoughOfOneOfTexts = 1e-6;

    private readonly Lesson _lesson;
    private readonly Design _design;
    private readonly CancellationToken _cancel;
    private readonly int[] _rows;
    private readonly double[] _labels;
    private readonly double[]? _rowWeights;
    private readonly int _blocks;

    /// <summary>Room for the sums of all blocks but the first.</summary>
    private readonly double[]?[] _sums;

    /// <summary>Room for what scores change by.</summary>
    private readonly double[] _changed;

    public Problem(Lesson lesson, CancellationToken cancel)
    {
        (_lesson, _cancel, _rows) = (lesson, cancel, [.. lesson.Learned.Order()]);
        _design = new Design(lesson.Encoder);
        Loss = RowLoss.Of(lesson.Objective.Learns);
        Width = lesson.Objective.Width;
        _labels = Array.ConvertAll(_rows, row => lesson.Targets.Labels[row] - (lesson.Targets.Middle ?? 0));
        _rowWeights = lesson.Targets.HasWeights
            ? Array.ConvertAll(_rows, row => (double)lesson.Targets.WeightOf(row))
            : null;
        var hasTexts = lesson.Rows.Texts.Any(texts => texts is not null);
        (EnoughToChoose, Enough) = hasTexts ? (EnoughOfOneOfTexts, EnoughOfTexts) : (EnoughOfOne, EnoughOfAll);
        _blocks = Math.Clamp(
            Math.Min(
                hasTexts
                    ? (int)Math.Min(GramsOf(lesson.Rows) / _design.Places / GramsAPlace, MostBlocks)
                    : _rows.Length / LeastRows,
                MostSums / (_design.Places * Width)
            ),
            1,
            MostBlocks
        );
        (_sums, _changed) = (new double[]?[_blocks], new double[Scores]);
    }

    public RowLoss Loss { get; }

    /// <summary>What a further step would gain at least, as a share of the losses at the start.</summary>
    public double Enough { get; }

    /// <summary>The same of one of several models among which one is chosen.</summary>
    public double EnoughToChoose { get; }

    /// <summary>How many scores a row has.</summary>
    public int Width { get; }

    /// <summary>How many scores all rows have.</summary>
    public int Scores => _rows.Length * Width;

    /// <summary>How many weights there are: those of the last place, which is always 1, are under no penalty.</summary>
    public int Weights => _design.Places * Width;

    public int Penalized => Weights - Width;

    /// <summary>The weights with which every row has the best score that all rows can share.</summary>
    public double[] Start()
    {
        var (weights, sums, all) = (new double[Weights], new double[Width], 0.0);
        for (var i = 0; i < _rows.Length; i++)
        {
            var weight = _rowWeights?[i] ?? 1;
            all += weight;
            if (Width == 1)
            {
                sums[0] += weight * _labels[i];
            }
            else
            {
                sums[(int)_labels[i]] += weight;
            }
        }

        for (var k = 0; k < Width; k++)
        {
            // A class that only later rows have is as likely as half a row.
            weights[Penalized + k] = Loss.ScoreOf((Width == 1 ? sums[k] : Math.Max(sums[k], 0.5)) / all);
        }

        return weights;
    }

    /// <summary>The scores that weights give.</summary>
    public double[] Multiply(double[] weights)
    {
        var scores = new double[Scores];
        Multiply(weights, scores);
        return scores;
    }

    private void Multiply(double[] weights, double[] scores) =>
        ForBlocks(
            (_, first, count) =>
                _design.Multiply(
                    _lesson.Rows,
                    _rows.AsSpan(first, count),
                    weights,
                    Width,
                    scores.AsSpan(first * Width, count * Width)
                )
        );

    /// <summary>The sum of all losses.</summary>
    public double Value(double[] scores)
    {
        var sums = new double[_blocks];
        ForBlocks(
            (block, first, count) =>
            {
                for (var i = first; i < first + count; i++)
                {
                    sums[block] += (_rowWeights?[i] ?? 1) * Loss.Value(RowOf(scores, i), _labels[i]);
                }
            }
        );
        return sums.Sum();
    }

    /// <summary>The slope of the sum by weights, with what tells how it bends at these scores.</summary>
    public double[] Slope(double[] scores, double[] bends)
    {
        var slopes = new double[scores.Length];
        ForRows(i =>
        {
            var slope = RowOf(slopes, i);
            Loss.Slope(RowOf(scores, i), _labels[i], slope, RowOf(bends, i));
            Weigh(i, slope);
        });
        return Transposed(slopes, squared: false, new double[Weights]);
    }

    /// <summary>By how much the slope changes where weights change.</summary>
    /// <param name="bent">Gets it: this is asked so often that what is made anew each time is most of the work.</param>
    public void Bend(double[] bends, double[] change, double[] bent)
    {
        Multiply(change, _changed);
        ForRows(i =>
        {
            var row = RowOf(_changed, i);
            Loss.Bend(RowOf(bends, i), row);
            Weigh(i, row);
        });
        Transposed(_changed, squared: false, bent);
    }

    /// <summary>By how much each number of the slope changes with its own weight.</summary>
    public double[] OwnBends(double[] bends)
    {
        var own = new double[bends.Length];
        ForRows(i =>
        {
            var row = RowOf(own, i);
            Loss.OwnBend(RowOf(bends, i), row);
            Weigh(i, row);
        });
        return Transposed(own, squared: true, new double[Weights]);
    }

    public LinearScorer ScorerOf(double[] weights, double penalty) =>
        new(LinearModel.Of(_lesson, weights, Means(), penalty), _lesson.Encoder);

    /// <summary>What the rows have on average at each place.</summary>
    private double[] Means()
    {
        var means = new double[_design.Places];
        double[] ones = [.. Enumerable.Repeat(1.0 / _rows.Length, _rows.Length)];
        _design.AddTransposed(_lesson.Rows, _rows, ones, width: 1, squared: false, means);
        return means;
    }

    private double[] Transposed(double[] ofRows, bool squared, double[] sums)
    {
        ForBlocks(
            (block, first, count) =>
            {
                var own = block == 0 ? sums : _sums[block] ??= new double[Weights];
                Array.Clear(own);
                _design.AddTransposed(
                    _lesson.Rows,
                    _rows.AsSpan(first, count),
                    ofRows.AsSpan(first * Width, count * Width),
                    Width,
                    squared,
                    own
                );
            }
        );
        foreach (var other in _sums.OfType<double[]>())
        {
            for (var i = 0; i < other.Length; i++)
            {
                sums[i] += other[i];
            }
        }

        return sums;
    }

    private static long GramsOf(EncodedRows rows) => rows.Texts.Sum(texts => texts?.Grams ?? 0);

    private void Weigh(int row, Span<double> values)
    {
        for (var k = 0; _rowWeights is not null && k < values.Length; k++)
        {
            values[k] *= _rowWeights[row];
        }
    }

    private Span<double> RowOf(double[] values, int row) => values.AsSpan(row * Width, Width);

    private void ForRows(Action<int> row) =>
        ForBlocks(
            (_, first, count) =>
            {
                for (var i = first; i < first + count; i++)
                {
                    row(i);
                }
            }
        );

    private void ForBlocks(Action<int, int, int> block) =>
        Parallel.For(
            0,
            _blocks,
            new ParallelOptions { MaxDegreeOfParallelism = _lesson.Threads, CancellationToken = _cancel },
            each =>
            {
                var (first, end) = (StartOf(each), StartOf(each + 1));
                block(each, first, end - first);
            }
        );

    private int StartOf(int block) => (int)((long)_rows.Length * block / _blocks);
}
