using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;

namespace Trainyard.Tests.Trainers;

/// <summary>Rows to find clusters in, and k-means on them.</summary>
internal static class SomeClusters
{
    public const int Rows = 60;
    public static readonly int[] All = [.. Enumerable.Range(0, Rows)];

    public static double X(int i) => i * 37 % 11;

    public static double Z(int i) => i * i % 13 / 4.0;

    public static Points PointsOf(Lesson lesson, int[] rows) =>
        new(new Design(lesson.Encoder), lesson.Rows, rows, threads: 2, CancellationToken.None);

    public static Fitted Fit(Lesson lesson, KMeansOptions options) => new KMeansFit(options).Fit(lesson, []);

    public static double[][] Distances(IScorer scorer, Lesson lesson, int[] rows)
    {
        var scores = new double[rows.Length * scorer.Width];
        scorer.Score(lesson.Rows, rows, scores);
        return [.. scores.Chunk(scorer.Width)];
    }

    /// <summary>Points around the corners of a square, far from each other.</summary>
    public static Frame Blobs(int count, int rows)
    {
        var random = new Random(3);
        int[] corners = [.. Enumerable.Range(0, rows).Select(_ => random.Next(count))];
        return new Frame
        {
            Rows = rows,
            Columns =
            [
                new NumberColumn("x", [.. corners.Select(corner => (corner % 2 * 10) + random.NextSingle())]),
                new NumberColumn("y", [.. corners.Select(corner => (corner / 2 * 10) + random.NextSingle())]),
            ],
            Labels = Labels.Unknown(rows),
            Cutoffs = [],
            Keys = new ulong[rows],
        };
    }

    public static Lesson LessonOf(Scaling scale, bool withNulls = false) =>
        LessonOf(
            new Frame
            {
                Rows = Rows,
                Columns =
                [
                    new NumberColumn("x", [.. All.Select(i => withNulls && i % 9 == 0 ? float.NaN : (float)X(i))]),
                    new NumberColumn("z", [.. All.Select(i => (float)Z(i))]),
                    new CategoryColumn("c", [.. All.Select(i => 1 + (i * 7 % 5))], ["a", "b", "c", "d", "e"]),
                ],
                Labels = Labels.Unknown(Rows),
                Cutoffs = [],
                Keys = new ulong[Rows],
            },
            scale
        );

    public static Lesson LessonOf(Frame frame, Scaling scale)
    {
        int[] rows = [.. Enumerable.Range(0, frame.Rows)];
        var encoder = Encoder.Fit(frame, rows, _ => 50, scale);
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets(frame.Labels.Values),
            Known = rows,
            Learned = rows,
            Objective = new Objective(Loss.Own, Loss.Own),
            Threads = 2,
        };
    }

    public sealed class KMeansFit(KMeansOptions options)
    {
        public Fitted Fit(Lesson lesson, List<string> told)
        {
            using var training = TrainerList.Of(Trainer.KMeans).Begin(options);
            return training.Fit(lesson, TestContext.Current.CancellationToken, new Telling(told));
        }

        private sealed class Telling(List<string> told) : IProgress<string>
        {
            public void Report(string value) => told.Add(value);
        }
    }
}
