using System.Text;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm;

namespace Trainyard.Trainers.Forest;

/// <summary>Answers with the mean of trees; of classes, with its part of the sum of all.</summary>
internal sealed class ForestScorer : IScorer
{
    private readonly LightGbmScorer _trees;
    private readonly LossKind _loss;

    private ForestScorer(LightGbmScorer trees, LossKind loss) => (_trees, _loss) = (trees, loss);

    public int Width => _trees.Width;

    public string Extension => _trees.Extension;

    public IExplainer? Explainer => _trees.Explainer;

    public IReadOnlyList<ModelNote> Notes => _trees.Notes;

    /// <param name="columns">How many the encoder gives.</param>
    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static ForestScorer Load(byte[] text, int columns, string name) =>
        SavedModel.Read(
            name,
            () =>
                new ForestScorer(
                    LightGbmScorer.Load(text, columns, name),
                    ForestText.LossOf(Encoding.UTF8.GetString(text))
                )
        );

    private bool AreShares => _loss is LossKind.Logistic or LossKind.Softmax;

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        _trees.Score(rows, order, scores);
        if (!AreShares)
        {
            return;
        }

        // LightGBM adds up in 32 bits, so a share may lie beyond its ends by their last one.
        foreach (ref var score in scores)
        {
            score = Math.Clamp(score, 0, 1);
        }

        for (var row = 0; Width > 1 && row < scores.Length; row += Width)
        {
            Share(scores.Slice(row, Width));
        }
    }

    public GraphValue? Write(IReadOnlyList<GraphValue> columns)
    {
        var scores = _trees.Write(columns);
        return scores is null || !AreShares ? scores : Shared(scores.Lower(1).Higher(0));

        GraphValue Shared(GraphValue each) =>
            Width == 1
                ? each
                : each.Sum().IsAbove(each.Graph.Number(0)).Choose(each.Shares(), each.Graph.Number(1.0 / Width));
    }

    public byte[] Save() => _trees.Save();

    private static void Share(Span<double> scores)
    {
        var sum = 0.0;
        foreach (var score in scores)
        {
            sum += score;
        }

        foreach (ref var score in scores)
        {
            score = sum > 0 ? score / sum : 1.0 / scores.Length;
        }
    }
}
