using System.Text;
using System.Text.Json;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers.Linear;
using EncodedRows = Trainyard.Learning.Encoding.EncodedRows;
using Encoder = Trainyard.Learning.Encoding.Encoder;

namespace Trainyard.Trainers.Stacked;

/// <summary>Answers with what another model makes of numbers, levels, and what a linear one says of texts.</summary>
internal sealed class StackedScorer(TextScores texts, IScorer scorer, StackedColumns columns) : IScorer
{
    public int Width => scorer.Width;

    public string Extension => "json";

    public IExplainer? Explainer => scorer.Explainer is { } explainer ? new StackedExplainer(this, explainer) : null;

    public Coefficients? Coefficients => texts.Coefficients;

    public IReadOnlyList<ModelNote> Notes => scorer.Notes;

    /// <summary>By column that the model reads: the encoder's that it comes from.</summary>
    public IReadOnlyList<int> Sources => columns.Sources;

    /// <param name="name">What it is, for the message of a fault of 78.</param>
    public static StackedScorer Load(byte[] saved, Encoder encoder, ITrainer trainer, string name)
    {
        var (model, texts, columns) = SavedModel.Read(
            name,
            () =>
            {
                var model = JsonSerializer.Deserialize<StackedModel>(saved, Json.Whole);
                if (model is null || model.Format > StackedModel.Newest)
                {
                    throw new InvalidDataException(
                        model is null ? "It is empty." : $"It has format {model.Format}, which a later version wrote."
                    );
                }

                var columns = new StackedColumns(encoder, model.Texts.Intercept.Count);
                return (model, new TextScores(LinearScorer.Of(model.Texts, columns.Texts), model.Unit), columns);
            }
        );
        return new(texts, trainer.Load(Encoding.UTF8.GetBytes(model.Model), columns.Stacked, name), columns);
    }

    public void Score(EncodedRows rows, ReadOnlySpan<int> order, Span<double> scores)
    {
        var stacked = Stack(rows, order);
        scorer.Score(stacked, [.. Enumerable.Range(0, stacked.Count)], scores);
    }

    /// <summary>Some rows as the model reads them, in the order given.</summary>
    public EncodedRows Stack(EncodedRows rows, ReadOnlySpan<int> order)
    {
        var places = order.ToArray();
        var ofTexts = texts.Of(columns.TextsOf(rows), places, threads: 1, CancellationToken.None);
        return columns.Stack(
            places.Length,
            ofTexts,
            place => Array.ConvertAll(places, row => rows.Columns[place][row])
        );
    }

    public byte[] Save() =>
        Json.Bytes(
            new StackedModel
            {
                Format = StackedModel.Newest,
                Unit = texts.Unit,
                Texts = texts.Model,
                Model = Encoding.UTF8.GetString(scorer.Save()),
            }
        );
}
