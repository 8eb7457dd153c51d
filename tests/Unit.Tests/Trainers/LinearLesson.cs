using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;

namespace Trainyard.Tests.Trainers;

/// <summary>Rows for the linear trainer, and what it learns of them.</summary>
internal static class LinearLesson
{
    public const int Rows = 600;
    public static readonly int[] Fit = [.. Enumerable.Range(0, 400)];
    public static readonly int[] Validation = [.. Enumerable.Range(400, 200)];

    public static ITraining Begin(double? l2) => TrainerList.Of(Trainer.Linear).Begin(new LinearOptions { L2 = l2 });

    public static IScorer Learned(Lesson lesson, double l2)
    {
        using var training = Begin(l2);
        return training.Fit(lesson with { Size = 1 }, TestContext.Current.CancellationToken).Scorer;
    }

    public static double[] Answers(IScorer scorer, Lesson lesson)
    {
        var scores = new double[lesson.Rows.Count * scorer.Width];
        scorer.Score(lesson.Rows, [.. Enumerable.Range(0, lesson.Rows.Count)], scores);
        return scores;
    }

    public static List<double[]> WeightsOf(IScorer scorer)
    {
        var saved = JsonNode.Parse(scorer.Save())!;
        return
        [
            .. saved["columns"]!.AsArray().SelectMany(column => column!["weights"]!.AsArray()).Select(Numbers),
            Numbers(saved["intercept"]),
        ];

        static double[] Numbers(JsonNode? node) => [.. node!.AsArray().Select(number => number!.GetValue<double>())];
    }

    public static double L2Of(IScorer scorer) => JsonNode.Parse(scorer.Save())!["l2"]!.GetValue<double>();

    public static Loss LossOf(string name) =>
        name switch
        {
            "softmax" => Loss.Softmax,
            "poisson" => Loss.Poisson,
            "tweedie" => Loss.Tweedie(1.4),
            "squared" => Loss.Squared,
            _ => Loss.Logistic,
        };

    public static Lesson LessonOf(Loss loss, Func<double, double>? unit = null, int repeat = 1)
    {
        var frame = FrameOf(unit);
        var encoder = Encoder.Fit(frame, Fit, _ => 2, Scaling.Standard);
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets([
                .. frame.Labels.Values.Select(label =>
                    loss.Kind switch
                    {
                        LossKind.Logistic => label > 3 ? 1.0 : 0,
                        LossKind.Softmax => Math.Clamp(Math.Floor(label / 2), 0, 2),
                        LossKind.Squared => label,
                        _ => Math.Round(Math.Abs(label)),
                    }
                ),
            ]),
            Known = Fit,
            Learned = [.. Enumerable.Repeat(Fit, repeat).SelectMany(rows => rows)],
            Objective = new Objective(loss, loss, loss == Loss.Softmax ? 3 : 1),
            Threads = 1,
        };
    }

    /// <summary>A number that is sometimes null, one that is always the same, and letters, one of them rare.</summary>
    public static Frame FrameOf(Func<double, double>? unit = null)
    {
        var random = new Random(4);
        var (x, codes, labels) = (new double[Rows], new int[Rows], new double[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            var number = Math.Round(10 * random.NextDouble(), 2);
            codes[row] = random.Next(20) is var letter && letter == 0 ? 3 : letter % 3;
            labels[row] = (0.4 * number) + (codes[row] == 1 ? 2 : 0) + random.NextDouble();
            x[row] = row % 9 == 0 ? double.NaN : (unit ?? (value => value))(number);
        }

        return new Frame
        {
            Rows = Rows,
            Columns =
            [
                new NumberColumn("x", x),
                new NumberColumn("same", Enumerable.Repeat(7.0, Rows).ToArray()),
                new CategoryColumn("letter", codes, ["a", "b", "c"]),
            ],
            Labels = new Labels(labels),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };
    }
}
