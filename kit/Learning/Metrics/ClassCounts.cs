using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Metrics;

/// <summary>A metric that is made of three counts a class: rows that are of it, rows that are answered with it, and
/// rows that are both. Rows that are alike are counted once, so a resample is one pass over what differs.</summary>
internal sealed class ClassCounts : ResampledMetric
{
    private const int MostOnStack = 64;

    private readonly (int Block, int Label, int Chosen, int Rows)[] _cells;
    private readonly int _classes;
    private readonly MetricOf _metricOf;

    public ClassCounts(Answers answers, double[] labels, Blocks blocks, MetricOf metricOf)
    {
        var chosen = answers.Classes!.Chosen;
        _metricOf = metricOf;
        _cells =
        [
            .. Enumerable
                .Range(0, labels.Length)
                .CountBy(row => (Block: blocks.OfRow[row], Label: (int)labels[row], Chosen: chosen[row]))
                .Select(cell => (cell.Key.Block, cell.Key.Label, cell.Key.Chosen, cell.Value)),
        ];
        _classes = _cells.Select(cell => Math.Max(cell.Label, cell.Chosen) + 1).DefaultIfEmpty().Max();
    }

    /// <param name="counts">By the classes' codes.</param>
    public delegate double MetricOf(ReadOnlySpan<ClassCount> counts);

    public override double Of(int[] weights)
    {
        Span<ClassCount> counts = _classes <= MostOnStack ? stackalloc ClassCount[_classes] : new ClassCount[_classes];
        foreach (var (block, label, chosen, rows) in _cells)
        {
            var weight = (long)weights[block] * rows;
            counts[label].Labels += weight;
            counts[chosen].Answers += weight;
            counts[label].Right += label == chosen ? weight : 0;
        }

        return _metricOf(counts);
    }
}

/// <summary>How often a class is a label, an answer, and both.</summary>
internal record struct ClassCount(long Labels, long Answers, long Right)
{
    /// <summary>Twice the rows that are both, of those that are either; NaN where there are none.</summary>
    public readonly double Overlap => Labels + Answers == 0 ? double.NaN : 2.0 * Right / (Labels + Answers);
}
