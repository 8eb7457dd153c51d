using System.Text.Json;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Trainers.KMeans;

/// <summary>Answers with the distance from each centre.</summary>
internal sealed class KMeansScorer : IScorer
{
    private readonly KMeansModel _model;
    private readonly Design _space;
    private readonly double[] _weights;

    public KMeansScorer(KMeansModel model, Encoder encoder)
    {
        (_model, _space) = (model, new Design(encoder));
        double[] centres =
        [
            .. model.Columns.SelectMany(column => column.Centres).SelectMany(place => place),
            .. new double[model.Rows.Count],
        ];
        _weights = Centres.Weights(centres, Width);
    }

    public int Width => _model.Rows.Count;

    public string Extension => "json";

    /// <summary>Of the squared distances, to which columns add up.</summary>
    public IExplainer? Explainer => new KMeansExplainer(_model, _space);

    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static KMeansScorer Load(byte[] saved, Encoder encoder, string name) =>
        SavedModel.Read(
            name,
            () =>
            {
                var model = JsonSerializer.Deserialize<KMeansModel>(saved, Json.Whole);
                return model is null ? throw new InvalidDataException("It is empty.")
                    : model.Format > KMeansModel.Newest
                        ? throw new InvalidDataException($"It has format {model.Format}, which a later version wrote.")
                    : !Fits(model, encoder)
                        ? throw new InvalidDataException("Its columns are not those that the package's encoder gives.")
                    : new KMeansScorer(model, encoder);
            }
        );

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        Centres.Squares(_space, rows, order, _weights, Width, scores);
        foreach (ref var score in scores)
        {
            score = Math.Sqrt(score);
        }
    }

    public GraphValue? Write(IReadOnlyList<GraphValue> columns) =>
        Centres.Squares(_space, columns, _weights, Width).Root();

    public byte[] Save() => Json.Bytes(_model);

    private static bool Fits(KMeansModel model, Encoder encoder) =>
        model.Rows.Count > 0
        && model.Columns.Count == encoder.Columns.Count
        && model
            .Columns.Zip(encoder.Columns)
            .All(each =>
                each.First.Name == each.Second.Name
                && each.First.Centres.Count == Design.CountOf(each.Second)
                && each.First.Centres.Append(each.First.Means).All(some => some.Count == model.Rows.Count)
                && (!each.Second.IsNumber || each.Second.Scale is not null)
            );
}
