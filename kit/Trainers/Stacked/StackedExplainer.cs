using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Trainers.Stacked;

/// <summary>What all numbers that a text became add is what the text adds.</summary>
internal sealed class StackedExplainer(StackedScorer scorer, IExplainer explainer) : IExplainer
{
    /// <summary>Numbers that are made at once: who asks counts the columns of a row as it is, not what texts
    /// become.</summary>
    private const int MostNumbers = 1 << 20;

    public int Width => explainer.Width;

    public IReadOnlyList<double> Means => explainer.Means;

    public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        var atOnce = Math.Max(1, MostNumbers / (Width * scorer.Sources.Count));
        var own = Width * rows.Columns.Count;
        for (var first = 0; first < order.Length; first += atOnce)
        {
            var some = order.Slice(first, Math.Min(atOnce, order.Length - first));
            ExplainSome(rows, some, contributions.Slice(first * own, some.Length * own));
        }
    }

    private void ExplainSome(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        var (stacked, sources, columns) = (scorer.Stack(rows, order), scorer.Sources, rows.Columns.Count);
        var each = new double[order.Length * Width * sources.Count];
        explainer.Explain(stacked, [.. Enumerable.Range(0, stacked.Count)], each);
        contributions.Clear();
        for (var at = 0; at < each.Length; at++)
        {
            var (row, column) = Math.DivRem(at, sources.Count);
            contributions[(row * columns) + sources[column]] += each[at];
        }
    }
}
