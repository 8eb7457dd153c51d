using Trainyard.Datasets;
using Trainyard.Models.Data;
using Trainyard.Models.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Scores one part and writes its predictions.</summary>
internal sealed class ScoredPart(PredictionColumns columns, Card card, ScoringModel model, DateTimeOffset asOf, DateTimeOffset predictedAt)
{
    private const int MostHighest = 20;

    private readonly List<byte> _keys = [];
    private readonly List<int> _keyEnds = [];

    public double[] Predictions { get; private set; } = [];

    public long Hindsight { get; private set; }

    public IReadOnlyList<TopRow> Highest { get; private set; } = [];

    /// <summary>Reads the features of a part and predicts; the key's fields are kept as they stand in the file.</summary>
    public Frame Read(Stream stream, string uri, int threads, CancellationToken cancel)
    {
        using var reader = DatasetReader.Open(stream, uri, columns.Features.Columns);
        var builder = new FrameBuilder(columns.Layout, reader, uri);
        int[] key = [.. columns.Layout.Key.Select(reader.IndexOf)];
        while (reader.Read())
        {
            builder.Add();
            foreach (var index in key)
            {
                _keys.AddRange(reader.Raw(index));
                _keyEnds.Add(_keys.Count);
            }
        }

        cancel.ThrowIfCancellationRequested();
        var frame = builder.Build();
        Predictions = model.Predict(frame, threads, cancel);
        return frame;
    }

    public void WriteTo(StoreWriter target, Frame frame)
    {
        var isBinary = card.Definition.Model.Task == ModelTask.Binary;
        var keys = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_keys);
        var (field, start) = (0, 0);
        using var writer = new DatasetWriter(target, columns.Columns);
        for (var row = 0; row < frame.Rows; row++)
        {
            for (var i = 0; i < columns.Layout.Key.Count; i++)
            {
                writer.Raw(keys[start.._keyEnds[field]]);
                start = _keyEnds[field++];
            }

            var (cutoff, prediction) = (CutoffOf(frame, row), Predictions[row]);
            var hindsight = cutoff <= card.LearnedThrough;
            Hindsight += hindsight ? 1 : 0;
            writer.Instant(cutoff);
            writer.Instant(predictedAt);
            writer.Boolean(hindsight);
            writer.Number(prediction);
            if (isBinary)
            {
                writer.Boolean(prediction >= card.Threshold);
            }

            writer.EndRecord();
        }

        Highest = [.. Predictions.Index().OrderByDescending(row => row.Item).ThenBy(row => row.Index).Take(MostHighest)
            .Select(row => new TopRow(KeyOf(row.Index), CutoffOf(frame, row.Index), row.Item))];
    }

    private DateTimeOffset CutoffOf(Frame frame, int row) => frame.Cutoffs.Length == 0 ? asOf : frame.Cutoffs[row];

    /// <summary>The key's fields as text, without the quotes of CSV.</summary>
    private string[] KeyOf(int row)
    {
        var count = columns.Layout.Key.Count;
        return [.. Enumerable.Range(row * count, count).Select(field =>
        {
            var start = field == 0 ? 0 : _keyEnds[field - 1];
            var text = System.Text.Encoding.UTF8.GetString(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_keys)[start.._keyEnds[field]]);
            return text.StartsWith('"') ? text[1..^1].Replace("\"\"", "\"") : text;
        })];
    }

    /// <summary>The highest of all parts.</summary>
    public static IReadOnlyList<TopRow> HighestOf(IEnumerable<ScoredPart> parts) =>
        [.. parts.SelectMany(part => part.Highest).OrderByDescending(row => row.Prediction).ThenBy(row => row.Cutoff).Take(MostHighest)];
}
