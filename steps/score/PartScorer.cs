using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Trainyard.Datasets;
using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Scores one part: reads its features, answers them, and writes the predictions.</summary>
internal sealed class PartScorer(
    PredictionColumns columns,
    Card card,
    RunModel model,
    DateTimeOffset asOf,
    DateTimeOffset predictedAt
)
{
    private readonly List<byte> _keys = [];
    private readonly List<int> _keyEnds = [];
    private Frame _frame = null!;
    private Answers _answers = null!;

    /// <summary>Reads the features and predicts; the key's fields are kept as they stand in the file.</summary>
    public void Read(Stream stream, string uri, int threads, CancellationToken cancel)
    {
        using var reader = DatasetReader.Open(stream, uri, columns.Features.Columns);
        var builder = new FrameBuilder(columns.Layout with { Singles = model.Model.Encoder.Singles }, reader, uri);
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
        _frame = builder.Build();
        var scores = model.Model.Predict(_frame, threads, cancel);
        if (Array.FindIndex(scores.Values, score => !double.IsFinite(score)) is >= 0 and var place)
        {
            var row = place / scores.Width;
            var where = columns.Layout.Key.Zip(KeyOf(row), (name, value) => $"{name} = {value}");
            throw Fault.BadData(
                $"{uri}: model '{card.Version}' answers {scores.Values[place].ToString(CultureInfo.InvariantCulture)} "
                    + $"for the row with {string.Join(", ", where)}, "
                    + "which is no prediction. Mend that row, or train again. Nothing was published."
            );
        }

        _answers = LearningTasks.Of(card.Definition.Model.Task).Answer(scores, card.Threshold);
    }

    /// <summary>Writes the predictions of the part that was read, and says how many rows they are.</summary>
    public int WriteTo(StoreWriter target)
    {
        var keys = CollectionsMarshal.AsSpan(_keys);
        var (field, start) = (0, 0);
        using var writer = new DatasetWriter(target, columns.Columns);
        for (var row = 0; row < _frame.Rows; row++)
        {
            for (var i = 0; i < columns.Layout.Key.Count; i++)
            {
                writer.Raw(keys[start.._keyEnds[field]]);
                start = _keyEnds[field++];
            }

            writer.Instant(CutoffOf(row));
            writer.Instant(predictedAt);
            writer.Boolean(IsHindsight(row));
            foreach (var column in _answers.Columns)
            {
                column.Write(writer, row);
            }

            writer.EndRecord();
        }

        return _frame.Rows;
    }

    public ScoredPart Describe(int number, DatasetPart part) =>
        new()
        {
            Number = number,
            Part = part,
            Positives = _answers.Counted,
            Hindsight = Enumerable.Range(0, _frame.Rows).LongCount(IsHindsight),
            Sum = Sum.Of(_answers.Ranking),
            Scores = Histograms.Fill(card.Scores, _answers.Ranking).Counts,
            Inputs = model.Tally.Count(_frame),
            Highest =
            [
                .. Summary
                    .PlacesOfHighest(_answers.Ranking)
                    .Select(row => new TopRow(KeyOf(row), CutoffOf(row), _answers.Ranking[row])),
            ],
        };

    private bool IsHindsight(int row) => model.Hindsight.Has(_frame, row);

    private DateTimeOffset CutoffOf(int row) => _frame.Cutoffs.Length == 0 ? asOf : _frame.Cutoffs[row];

    /// <summary>The key's fields as text, without the quotes of CSV.</summary>
    private string[] KeyOf(int row)
    {
        var count = columns.Layout.Key.Count;
        return
        [
            .. Enumerable
                .Range(row * count, count)
                .Select(field =>
                {
                    var start = field == 0 ? 0 : _keyEnds[field - 1];
                    var text = Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(_keys)[start.._keyEnds[field]]);
                    return text.StartsWith('"') ? text[1..^1].Replace("\"\"", "\"") : text;
                }),
        ];
    }
}
