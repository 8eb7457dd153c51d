using System.Text.Json;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Pca;

/// <summary>Answers with how far a row lies from the means; about 1 is ordinary.</summary>
internal sealed class PcaScorer : IScorer
{
    private readonly PcaModel _model;
    private readonly Design _space;

    /// <summary>At each place the steps along the components, and last the part in the squared distance.</summary>
    private readonly double[] _weights;

    public PcaScorer(PcaModel model, Encoder encoder)
    {
        (_model, _space) = (model, new Design(encoder));
        var width = model.Weights.Count + 1;
        _weights = new double[_space.Places * width];
        var (place, last) = (0, (_space.Places - 1) * width);
        foreach (var (means, components) in model.Columns.SelectMany(column => column.Means.Zip(column.Components)))
        {
            for (var i = 0; i < width - 1; i++)
            {
                _weights[(place * width) + i] = components[i];
                _weights[last + i] -= components[i] * means;
            }

            _weights[(place * width) + width - 1] = -2 * means;
            _weights[last + width - 1] += means * means;
            place++;
        }
    }

    public int Width => 1;

    public string Extension => "json";

    public IExplainer? Explainer => new PcaExplainer(_model, _space);

    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static PcaScorer Load(byte[] saved, Encoder encoder, string name) =>
        SavedModel.Read(
            name,
            () =>
            {
                var model = JsonSerializer.Deserialize<PcaModel>(saved, Json.Whole);
                return model is null ? throw new InvalidDataException("It is empty.")
                    : model.Format > PcaModel.Newest
                        ? throw new InvalidDataException($"It has format {model.Format}, which a later version wrote.")
                    : !Fits(model, encoder)
                        ? throw new InvalidDataException("Its columns are not those that the package's encoder gives.")
                    : new PcaScorer(model, encoder);
            }
        );

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        var width = _model.Weights.Count + 1;
        var steps = new double[order.Length * width];
        scores.Clear();
        _space.AddSquares(rows, order, scores);
        _space.Multiply(rows, order, _weights, width, steps);
        for (var row = 0; row < order.Length; row++)
        {
            var ofRow = steps.AsSpan(row * width, width);
            scores[row] = _model.Rest * Math.Max(0, scores[row] + ofRow[^1]);
            for (var i = 0; i < width - 1; i++)
            {
                scores[row] += _model.Weights[i] * ofRow[i] * ofRow[i];
            }
        }
    }

    public byte[] Save() => Json.Bytes(_model);

    private static bool Fits(PcaModel model, Encoder encoder) =>
        model.Columns.Count == encoder.Columns.Count
        && model.Variances.Count == model.Weights.Count
        && model
            .Columns.Zip(encoder.Columns)
            .All(each =>
                each.First.Name == each.Second.Name
                && each.First.Means.Count == Design.CountOf(each.Second)
                && each.First.Components.Count == each.First.Means.Count
                && each.First.Components.All(component => component.Count == model.Weights.Count)
                && (!each.Second.IsNumber || each.Second.Scale is not null)
            );
}
