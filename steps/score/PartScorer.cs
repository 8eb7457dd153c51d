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

        var spec = card.Definition.Model;
        _answers = LearningTasks.Of(spec.Task).Answer(spec, scores, Reading.Answering(card), asked: null);
    }

    /// <summary>Writes the predictions of the part that was read, and says how many rows they are.</summary>
    public int WriteTo(StoreWriter target)
    {
        using var writer = new DatasetWriter(target, columns.Columns);
        for (var row = 0; row < _frame.Rows; row++)
        {
            WriteKey(writer, row);
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

    /// <summary>Writes what the part has in a table beside that of predictions, and says how many rows that
    /// is.</summary>
    public long WriteTo(StoreWriter target, SideColumns side)
    {
        using var writer = new DatasetWriter(target, side.Columns);
        for (var row = 0; row < _frame.Rows; row++)
        {
            foreach (var write in _answers.Tables[side.Place].Rows(row).Take(side.Most))
            {
                WriteKey(writer, row);
                writer.Instant(CutoffOf(row));
                write(writer);
                writer.EndRecord();
            }
        }

        return writer.Rows;
    }

    /// <param name="sides">The part's rows in the tables beside that of predictions.</param>
    public ScoredPart Describe(int number, DatasetPart part, IReadOnlyDictionary<string, DatasetPart> sides) =>
        new()
        {
            Number = number,
            Part = part,
            Sides = sides.Count == 0 ? null : sides,
            Answered = Answered(),
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

    /// <summary>The key's fields as they stand in the features.</summary>
    private void WriteKey(DatasetWriter writer, int row)
    {
        var keys = CollectionsMarshal.AsSpan(_keys);
        var count = columns.Layout.Key.Count;
        for (var field = row * count; field < (row + 1) * count; field++)
        {
            writer.Raw(keys[(field == 0 ? 0 : _keyEnds[field - 1]).._keyEnds[field]]);
        }
    }

    private long[]? Answered()
    {
        if (_answers is not { Reading.Classes: { } known, Classes: { } classes })
        {
            return null;
        }

        var counts = new long[known.Count];
        foreach (var chosen in classes.Chosen)
        {
            counts[chosen]++;
        }

        return counts;
    }

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
