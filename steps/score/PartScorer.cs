using System.Globalization;
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
    private ReadPart _part = null!;
    private Answers _answers = null!;

    /// <summary>What rows are ordered by.</summary>
    public double[] Ranking => _answers.Ranking;

    /// <summary>Which of a row's raw scores its reasons are of; null where it has one.</summary>
    public int[]? Explained => _answers.Explained;

    /// <summary>Reads the features and predicts.</summary>
    public void Read(Stream stream, string uri, int threads, CancellationToken cancel)
    {
        _part = ReadPart.Of(stream, uri, columns, model.Model.Encoder, asOf, cancel);
        var scores = model.Model.Predict(_part.Frame, threads, cancel);
        if (Array.FindIndex(scores.Values, score => !double.IsFinite(score)) is >= 0 and var place)
        {
            var where = columns.Layout.Key.Zip(_part.KeyOf(place / scores.Width), (name, value) => $"{name} = {value}");
            const string remedy = "Mend that row, or train again. Nothing was published.";
            var answered =
                $"{uri}: model '{card.Version}' answers {scores.Values[place].ToString(CultureInfo.InvariantCulture)}";
            var why = model.Model.WhyNone(_part.Frame, place / scores.Width);
            throw new Fault(
                ExitCode.BadData,
                $"{answered} for the row with {string.Join(", ", where)}, which is no prediction"
                    + $"{(why is null ? "" : $": {why.TrimEnd('.')}")}. {remedy}"
            )
            {
                Outline = $"{answered} for a row, which is no prediction. {remedy}",
            };
        }

        var spec = card.Definition.Model;
        _answers = LearningTasks.Of(spec.Task).Answer(spec, scores, Reading.Answering(card), asked: null);
    }

    /// <summary>Writes the predictions of the part that was read, and says how many rows they are.</summary>
    public int WriteTo(StoreWriter target)
    {
        using var writer = new DatasetWriter(target, columns.Columns);
        for (var row = 0; row < _part.Frame.Rows; row++)
        {
            _part.WriteKey(writer, row);
            writer.Instant(_part.CutoffOf(row));
            writer.Instant(predictedAt);
            writer.Boolean(IsHindsight(row));
            foreach (var column in _answers.Columns)
            {
                column.Write(writer, row);
            }

            writer.EndRecord();
        }

        return _part.Frame.Rows;
    }

    /// <summary>Writes what the part has in a table beside that of predictions, and says how many rows that
    /// is.</summary>
    public long WriteTo(StoreWriter target, SideColumns side)
    {
        using var writer = new DatasetWriter(target, side.Columns);
        for (var row = 0; row < _part.Frame.Rows; row++)
        {
            foreach (var write in _answers.Tables[side.Place].Rows(row).Take(side.Most))
            {
                _part.WriteKey(writer, row);
                writer.Instant(_part.CutoffOf(row));
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
            Hindsight = Enumerable.Range(0, _part.Frame.Rows).LongCount(IsHindsight),
            Sum = Sum.Of(_answers.Ranking),
            Scores = Histograms.Fill(card.Scores, _answers.Ranking).Counts,
            Inputs = model.Tally.Count(_part.Frame),
            Highest =
            [
                .. Summary
                    .PlacesOfHighest(_answers.Ranking)
                    .Select(row => new TopRow(_part.KeyOf(row), _part.CutoffOf(row), _answers.Ranking[row])),
            ],
        };

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

    private bool IsHindsight(int row) => model.Hindsight.Has(_part.Frame, row);
}
