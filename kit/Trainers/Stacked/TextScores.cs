using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Trainers.Linear;

namespace Trainyard.Trainers.Stacked;

/// <summary>What a linear model of texts says of each: what it adds to each raw score, less what it adds on
/// average.</summary>
/// <param name="unit">What that is counted in.</param>
internal sealed class TextScores(LinearScorer scorer, double unit)
{
    private const int RowsAtOnce = 1024;

    private readonly IExplainer _explainer = scorer.Explainer!;

    public double Unit => unit;

    public LinearModel Model => scorer.Model;

    public Coefficients Coefficients => scorer.Coefficients! with { AreOfTexts = true };

    /// <summary>Of some rows, in the order given: text by text and score by score, a number a row.</summary>
    /// <param name="texts">Rows of texts alone.</param>
    public float[][] Of(EncodedRows texts, int[] order, int threads, CancellationToken cancel)
    {
        var columns = texts.Columns.Count;
        float[][] scores = [.. Enumerable.Range(0, columns * _explainer.Width).Select(_ => new float[order.Length])];
        Parallel.For(
            0,
            (order.Length + RowsAtOnce - 1) / RowsAtOnce,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            block =>
            {
                var first = block * RowsAtOnce;
                var some = order.AsSpan(first, Math.Min(RowsAtOnce, order.Length - first));
                var added = new double[some.Length * scores.Length];
                _explainer.Explain(texts, some, added);
                for (var at = 0; at < added.Length; at++)
                {
                    // By row, score and text.
                    var ((row, score), text) = (Math.DivRem(at / columns, _explainer.Width), at % columns);
                    scores[(text * _explainer.Width) + score][first + row] = Number(added[at]);
                }
            }
        );
        return scores;
    }

    /// <summary>No model is given a larger one.</summary>
    private float Number(double added) => (float)Math.Clamp(added / unit, -EncodedRows.Largest, EncodedRows.Largest);
}
