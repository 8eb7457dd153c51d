using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>By how much the metric falls when a raw column is shuffled, on a sample of the holdout.</summary>
/// <param name="answerOf">What the task makes of the scores of rows.</param>
internal sealed class Importances(
    Func<int[], Func<Scores, Answers>> answerOf,
    IMeasure measure,
    TrainedModel trained,
    int seed
)
{
    private const int Repeats = 3;
    private const int MostRows = 20_000;
    private const int LeastRows = 2_000;

    /// <summary>About as many scores as take a few seconds.</summary>
    private const int ScoresAtMost = 1_000_000;

    public IReadOnlyList<Importance> Of(
        EncodedRows rows,
        int[] holdout,
        Labels labels,
        int threads,
        CancellationToken cancel
    )
    {
        var columns = trained.Encoder.Columns;
        var size = Math.Clamp(ScoresAtMost / (columns.Count * Repeats * trained.Model.Width), LeastRows, MostRows);
        var random = new Random(seed);
        int[] sample = [.. holdout];
        if (sample.Length > size)
        {
            random.Shuffle(sample);
            sample = sample[..size];
        }

        // The sample alone, so that a shuffled column is as short as the sample.
        var small = rows.With(
            sample.Length,
            [.. rows.Columns.Select(values => Array.ConvertAll(sample, row => values[row]))]
        );
        var order = Enumerable.Range(0, sample.Length).ToArray();
        var answer = answerOf(sample);
        var sign = measure.Declaration.HigherIsBetter ? 1 : -1;
        var answers = trained.Model.Predict(small, order, threads, cancel);
        var untouched = measure.Value(answer(answers), labels.Of(sample));
        if (double.IsNaN(untouched))
        {
            return [];
        }

        var importances = new Importance[columns.Count];
        Parallel.For(
            0,
            columns.Count,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            column =>
            {
                var unanswered = 0;
                var drops = Enumerable
                    .Range(0, Repeats)
                    .Select(repeat =>
                        sign * Drop(Shuffled(small, column, unchecked((seed * 31) + (column * Repeats) + repeat)))
                    )
                    .ToArray();
                var mean = drops.Average();
                importances[column] = new Importance(
                    columns[column].Name,
                    mean,
                    Math.Sqrt(drops.Average(drop => (drop - mean) * (drop - mean)))
                )
                {
                    Unanswered = unanswered,
                };

                double Drop(EncodedRows shuffled)
                {
                    var others = trained.Model.Predict(shuffled, order, 1, cancel);
                    int[] places = [.. order.Where(others.IsAnswered)];
                    unanswered += order.Length - places.Length;
                    if (places.Length == order.Length)
                    {
                        return untouched - measure.Value(answer(others), labels.Of(sample));
                    }

                    // A row that there is not need have no answer; both are held to the rest.
                    int[] rest = Array.ConvertAll(places, place => sample[place]);
                    var (among, known) = (answerOf(rest), labels.Of(rest));
                    return places.Length == 0
                        ? double.NaN
                        : measure.Value(among(answers.Of(places)), known)
                            - measure.Value(among(others.Of(places)), known);
                }
            }
        );
        return
        [
            .. importances
                .OrderByDescending(importance => importance.Drop)
                .ThenBy(importance => importance.Feature, StringComparer.Ordinal),
        ];
    }

    private static EncodedRows Shuffled(EncodedRows rows, int column, int seed)
    {
        var values = (float[])rows.Columns[column].Clone();
        new Random(seed).Shuffle(values);
        return rows.With(rows.Count, [.. rows.Columns.Select((other, i) => i == column ? values : other)]);
    }
}
