using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Trainers;

/// <summary>A table to learn from, whatever is to be learned.</summary>
internal static class OddLesson
{
    public const int Rows = 2000;
    public static readonly int[] Known = [.. Enumerable.Range(0, 1500)];
    public static readonly int[] Fit = [.. Enumerable.Range(0, 1000)];
    public static readonly int[] Validation = [.. Enumerable.Range(1000, 500)];

    public static TheoryData<string> Losses =>
        ["logistic", "softmax", "squared", "absolute", "quantile", "poisson", "tweedie"];

    public static double[] Scored(IScorer scorer, EncodedRows rows)
    {
        var scores = new double[rows.Count * scorer.Width];
        scorer.Score(rows, [.. Enumerable.Range(0, rows.Count)], scores);
        return scores;
    }

    public static Loss LossOf(string name) =>
        name switch
        {
            "logistic" => Loss.Logistic,
            "softmax" => Loss.Softmax,
            "absolute" => Loss.Absolute,
            "quantile" => Loss.Quantile(0.9),
            "poisson" => Loss.Poisson,
            "tweedie" => Loss.Tweedie(1.3),
            _ => Loss.Squared,
        };

    /// <summary>Learns fit; a row can be given other values.</summary>
    public static Lesson LessonOf(string name, int changed = -1)
    {
        var table = OddTable.Make(Rows, seed: 1, hasOdd: false);
        var labels = table.Labels(seed: 2);
        labels = name switch
        {
            "logistic" => [.. labels.Select(label => label > 2 ? 1.0 : 0)],
            "softmax" => [.. labels.Select(label => Math.Clamp(Math.Floor(label), 0, 2))],
            "poisson" or "tweedie" => [.. labels.Select(label => Math.Round(Math.Abs(label)))],
            _ => labels,
        };
        if (changed >= 0)
        {
            table.Columns[0][changed] = -5;
        }

        var frame = new Frame
        {
            Rows = Rows,
            Columns = [.. table.Columns.Select((values, i) => new NumberColumn($"x{i}", values))],
            Labels = new Labels(labels),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };
        var encoder = Encoder.Fit(frame, Fit, _ => 0);
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets(labels),
            Known = Known,
            Learned = Fit,
            Objective = new Objective(LossOf(name), LossOf(name), name == "softmax" ? 3 : 1),
            Threads = 1,
        };
    }

    public sealed class Heard : IProgress<string>
    {
        public List<string> Words { get; } = [];

        public Action<string> Then { get; init; } = _ => { };

        public void Report(string value)
        {
            Words.Add(value);
            Then(value);
        }
    }
}
