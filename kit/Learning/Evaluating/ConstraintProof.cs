using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>Tries constraints on rows of the holdout: moves a number through the values it has there, leaves all
/// else as it is, and looks which way the answer goes.</summary>
internal static class ConstraintProof
{
    private const int MostRows = 500;
    private const int Steps = 20;

    /// <param name="answer">What the task makes of scores.</param>
    public static IReadOnlyList<ConstraintTried>? Of(
        Func<Scores, Answers> answer,
        Definition definition,
        TrainedModel trained,
        EncodedRows rows,
        int[] holdout,
        int threads,
        CancellationToken cancel
    )
    {
        var directions = Constraints.DirectionsOf(definition.Model.Constraints, trained.Encoder);
        if (directions.Count == 0)
        {
            return null;
        }

        var step = (holdout.Length + MostRows - 1) / MostRows;
        int[] sample = [.. holdout.Where((_, place) => place % step == 0)];
        var small = rows.With(
            sample.Length,
            [.. rows.Columns.Select(values => Array.ConvertAll(sample, row => values[row]))]
        );
        int[] order = [.. Enumerable.Range(0, sample.Length)];
        return
        [
            .. Enumerable
                .Range(0, directions.Count)
                .Where(column => directions[column] != 0)
                .Select(column => Try(column, ValuesOf(rows.Columns[column], holdout))),
        ];

        ConstraintTried Try(int column, float[] values)
        {
            var (broken, lowest, highest) = (new bool[sample.Length], Array.Empty<double>(), Array.Empty<double>());
            foreach (var value in values)
            {
                var moved = new float[sample.Length];
                Array.Fill(moved, value);
                var some = small with
                {
                    Columns = [.. small.Columns.Select((other, i) => i == column ? moved : other)],
                };
                var answers = answer(trained.Model.Predict(some, order, threads, cancel)).Ranking;
                for (var row = 0; row < sample.Length && highest.Length > 0; row++)
                {
                    broken[row] |=
                        directions[column] * (answers[row] - highest[row]) < 0
                        && !MetricText.AreEqual(answers[row], highest[row], highest[row]);
                }

                (lowest, highest) = (lowest.Length == 0 ? answers : lowest, answers);
            }

            return new ConstraintTried(
                trained.Encoder.Columns[column].Name,
                directions[column] > 0,
                sample.Length,
                broken.LongCount(each => each),
                lowest.Length == 0 ? null : Sum.Mean(lowest),
                highest.Length == 0 ? null : Sum.Mean(highest)
            );
        }
    }

    /// <summary>Some of the values in rising order, the lowest and the highest among them.</summary>
    private static float[] ValuesOf(float[] column, int[] rows)
    {
        float[] sorted = [.. rows.Select(row => column[row]).Where(float.IsFinite).Distinct().Order()];
        return sorted.Length <= Steps
            ? sorted
            :
            [
                .. Enumerable
                    .Range(0, Steps)
                    .Select(step => sorted[(int)((long)step * (sorted.Length - 1) / (Steps - 1))]),
            ];
    }
}
