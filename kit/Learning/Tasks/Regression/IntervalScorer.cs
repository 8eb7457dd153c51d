using Trainyard.Learning.Encoding;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Tasks.Regression;

/// <summary>A value with the ends of its interval: three scores a row, out of three models.</summary>
/// <param name="widening">By how much the ends are moved outward.</param>
internal sealed class IntervalScorer(IScorer value, IScorer low, IScorer high, double widening) : IScorer
{
    public int Width => 3;

    public string Extension => value.Extension;

    /// <summary>Reasons are the value's.</summary>
    public IExplainer? Explainer => value.Explainer;

    public IExplainer? ExplainerBeside(EncodedRows reference) => value.ExplainerBeside(reference);

    /// <summary>The value's, and those of the ends that it does not have.</summary>
    public IReadOnlyList<ModelNote> Notes =>
        [.. value.Notes.Concat(low.Notes).Concat(high.Notes).DistinctBy(note => note.Label)];

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        var (values, lows, highs) = (new double[order.Length], new double[order.Length], new double[order.Length]);
        value.Score(rows, order, values);
        low.Score(rows, order, lows);
        high.Score(rows, order, highs);
        for (var row = 0; row < values.Length; row++)
        {
            scores[3 * row] = values[row];
            (scores[(3 * row) + 1], scores[(3 * row) + 2]) = Conformal.Around(
                values[row],
                lows[row],
                highs[row],
                widening
            );
        }
    }

    public GraphValue? Write(IReadOnlyList<GraphValue> columns)
    {
        if ((value.Write(columns), low.Write(columns), high.Write(columns)) is not ({ } middle, { } lower, { } upper))
        {
            return null;
        }

        var (lowest, highest) = Conformal.Around(middle, lower, upper, widening);
        return GraphValue.Row([middle, lowest, highest]);
    }

    /// <remarks>Each of the three is saved by itself.</remarks>
    public byte[] Save() => value.Save();
}
