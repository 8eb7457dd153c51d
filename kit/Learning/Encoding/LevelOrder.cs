using Trainyard.Learning.Data;

namespace Trainyard.Learning.Encoding;

/// <summary>
/// The order in which levels get their codes, by the mean of their labels: the best two parts of levels are some first
/// ones and the others then (Fisher 1958, On Grouping for Maximum Homogeneity). A level of few rows would tell their
/// labels by its place, so it stands where the mean of all rows does; and where levels differ by little more than
/// chance would have them, they stay in the order of their frequency.
/// </summary>
internal sealed class LevelOrder
{
    /// <summary>From so many rows on a level has a mean of its own.</summary>
    private const int EnoughRows = 20;

    /// <summary>So many rows with the mean of all are added to those of a level.</summary>
    private const int Added = 10;

    /// <summary>So many times the spread of means that chance would give is one that says something of
    /// levels.</summary>
    private const double Beyond = 3;

    private readonly IReadOnlyList<double> _labels;
    private readonly IReadOnlyList<int> _rows;
    private readonly double _mean;
    private readonly double _variance;

    /// <param name="labels">By the rows' places.</param>
    /// <param name="rows">Those being learned.</param>
    public LevelOrder(IReadOnlyList<double> labels, IReadOnlyList<int> rows)
    {
        double[] learned = [.. rows.Select(row => labels[row])];
        (_labels, _rows, _mean) = (labels, rows, Sum.Mean(learned));
        _variance = Sum.Mean(Array.ConvertAll(learned, label => (label - _mean) * (label - _mean)));
    }

    /// <param name="levels">By their places in the column, most frequent first.</param>
    public IEnumerable<int> Of(CategoryColumn column, IReadOnlyList<int> levels)
    {
        var (counts, sums) = (new double[column.Levels.Count], new double[column.Levels.Count]);
        foreach (var row in _rows)
        {
            if (column.Codes[row] is > 0 and var code)
            {
                counts[code - 1]++;
                sums[code - 1] += _labels[row] - _mean;
            }
        }

        var enough = levels.Where(level => counts[level] >= EnoughRows).ToList();
        var spread = enough.Sum(level => counts[level] * Math.Pow(sums[level] / counts[level], 2));
        return enough.Count > 1 && spread > Beyond * _variance * (enough.Count - 1)
            ? levels.OrderBy(level => counts[level] < EnoughRows ? 0 : sums[level] / (counts[level] + Added))
            : levels;
    }
}
