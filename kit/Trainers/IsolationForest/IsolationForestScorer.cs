using System.Text.Json;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Trainers.IsolationForest;

/// <summary>Answers with 2 to the power of how much sooner than usual a row is alone: near 1 is unlike all others,
/// below a half is ordinary.</summary>
internal sealed class IsolationForestScorer : IScorer
{
    private readonly IsolationForestModel _model;
    private readonly FlatTrees _trees;
    private readonly Lazy<TreeExplainer?> _explainer;

    public IsolationForestScorer(IsolationForestModel model)
    {
        var trees = model.AsTrees();
        (_model, _trees, _explainer) = (model, new FlatTrees(trees), new(() => TreeExplainer.Of(trees)));
    }

    public int Width => 1;

    public string Extension => "json";

    /// <summary>Of the logarithm of the score, to which columns add up.</summary>
    public IExplainer? Explainer => _explainer.Value;

    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static IsolationForestScorer Load(byte[] saved, Encoder encoder, string name) =>
        SavedModel.Read(
            name,
            () =>
            {
                var model = JsonSerializer.Deserialize<IsolationForestModel>(saved, Json.Whole);
                return model is null ? throw new InvalidDataException("It is empty.")
                    : model.Format > IsolationForestModel.Newest
                        ? throw new InvalidDataException($"It has format {model.Format}, which a later version wrote.")
                    : !model.Columns.SequenceEqual(encoder.Columns.Select(column => column.Name))
                        ? throw new InvalidDataException("Its columns are not those that the package's encoder gives.")
                    : model.Trees.Count == 0 || !model.Trees.All(tree => tree.IsSound(model.Columns.Count))
                        ? throw new InvalidDataException("Its trees are none.")
                    : new IsolationForestScorer(model);
            }
        );

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        new FlatAnswers(_trees).Answer(EncodedInputs.Of(rows, order.ToArray()), 0, scores);
        foreach (ref var score in scores)
        {
            score = Math.Pow(2, score / _model.Trees.Count);
        }
    }

    public byte[] Save() => JsonSerializer.SerializeToUtf8Bytes(_model, Json.Compact);
}
