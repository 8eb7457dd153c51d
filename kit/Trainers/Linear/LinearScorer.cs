using System.Text.Json;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.Linear;

/// <summary>Answers with sums in 64 bits.</summary>
internal sealed class LinearScorer : IScorer
{
    private readonly LinearModel _model;
    private readonly Encoder _encoder;
    private readonly Design _design;
    private readonly RowLoss _loss;
    private readonly double[] _weights;

    public LinearScorer(LinearModel model, Encoder encoder)
    {
        (_model, _encoder, _design) = (model, encoder, new Design(encoder));
        _loss = RowLoss.Of(
            model.Loss switch
            {
                LossKind.Logistic => Loss.Logistic,
                LossKind.Softmax => Loss.Softmax,
                LossKind.Poisson => Loss.Poisson,
                LossKind.Tweedie => Loss.Tweedie(model.Parameter),
                LossKind.Squared => Loss.Squared,
                _ => throw new InvalidDataException($"It has learned {model.Loss}, which is not known."),
            }
        );
        _weights = [.. model.Columns.SelectMany(column => column.Flat()), .. model.Intercept];
    }

    public LinearModel Model => _model;

    public int Width => _model.Intercept.Count;

    public string Extension => "json";

    public Coefficients? Coefficients => RawCoefficients.Of(_model, _encoder);

    public IExplainer? Explainer => new LinearExplainer(_model, _weights, _design);

    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static LinearScorer Load(byte[] saved, Encoder encoder, string name) =>
        SavedModel.Read(name, () => Of(JsonSerializer.Deserialize<LinearModel>(saved, Json.Whole), encoder));

    /// <summary>Of a document that was read.</summary>
    /// <exception cref="InvalidDataException">It is none of the encoder, or of this version.</exception>
    public static LinearScorer Of(LinearModel? model, Encoder encoder) =>
        model is null ? throw new InvalidDataException("It is empty.")
        : model.Format > LinearModel.Newest
            ? throw new InvalidDataException($"It has format {model.Format}, which a later version wrote.")
        : !Fits(model, encoder)
            ? throw new InvalidDataException("Its columns are not those that the package's encoder gives.")
        : new LinearScorer(model, encoder);

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        _design.Multiply(rows, order, _weights, Width, scores);
        for (var i = 0; i < order.Length; i++)
        {
            _loss.Answer(scores.Slice(i * Width, Width));
        }
    }

    public GraphValue? Write(IReadOnlyList<GraphValue> columns) =>
        _loss.Write(_design.Multiply(columns, _weights, Width));

    public byte[] Save() => Json.Bytes(_model);

    private static bool Fits(LinearModel model, Encoder encoder) =>
        model.Columns.Count == encoder.Columns.Count
        && model
            .Columns.Zip(encoder.Columns)
            .All(each =>
                each.First.Name == each.Second.Name
                && each.First.Flat().Count() == Design.CountOf(each.Second) * model.Intercept.Count
                && each.First.Means.Count == model.Intercept.Count
                && each.First.Weights.All(weights => weights.Count == model.Intercept.Count)
                && each.First.Grams is null == each.Second.Grams is null
                && (!each.Second.IsNumber || each.Second.Scale is not null)
            );
}
