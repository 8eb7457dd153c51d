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

    /// <summary>At each place how far a step goes along the components; last, what makes them steps from the
    /// means.</summary>
    private readonly double[] _weights;

    /// <summary>At each place.</summary>
    private readonly (double Mean, double Square)[] _places;

    /// <summary>The squared distance of a row that has nothing anywhere.</summary>
    private readonly double _origin;

    public PcaScorer(PcaModel model, Encoder encoder)
    {
        (_model, _space) = (model, new Design(encoder));
        var width = model.Weights.Count;
        _weights = new double[_space.Places * width];
        _places =
        [
            .. model.Columns.SelectMany(column =>
                column.Means.Zip(column.Scales, (mean, scale) => (mean, scale * scale))
            ),
        ];
        _origin = _places.Sum(place => place.Square * place.Mean * place.Mean);
        var last = (_space.Places - 1) * width;
        foreach (var (place, components) in model.Columns.SelectMany(column => column.Components).Index())
        {
            for (var i = 0; i < width; i++)
            {
                _weights[(place * width) + i] = components[i];
                _weights[last + i] -= components[i] * _places[place].Mean;
            }
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
        var width = _model.Weights.Count;
        var steps = new double[order.Length * width];
        _space.Multiply(rows, order, _weights, width, steps);
        scores.Fill(_origin);
        for (var column = 0; column < rows.Columns.Count; column++)
        {
            for (var row = 0; row < order.Length; row++)
            {
                var (at, value) = _space.At(column, rows.Columns[column][order[row]]);
                var (mean, square) = _places[at];
                scores[row] += square * value * (value - (2 * mean));
            }
        }

        for (var row = 0; row < order.Length; row++)
        {
            scores[row] = _model.Rest * Math.Max(0, scores[row]);
            for (var i = 0; i < width; i++)
            {
                var step = steps[(row * width) + i];
                scores[row] += _model.Weights[i] * step * step;
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
                && each.First.Scales.Count == each.First.Means.Count
                && each.First.Components.Count == each.First.Means.Count
                && each.First.Components.All(component => component.Count == model.Weights.Count)
                && (!each.Second.IsNumber || each.Second.Scale is not null)
            );
}
