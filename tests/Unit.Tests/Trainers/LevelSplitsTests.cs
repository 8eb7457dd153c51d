using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using Trainyard.Trainers.LightGbm.Native;
using Encoder = Trainyard.Learning.Encoding.Encoder;

namespace Trainyard.Tests.Trainers;

/// <summary>Levels that are parted by their ranks, and by sets.</summary>
public sealed class LevelSplitsTests
{
    private const int Rows = 6000;
    private const int Levels = 40;
    private static readonly int[] Fit = [.. Enumerable.Range(0, 4000)];
    private static readonly int[] Validation = [.. Enumerable.Range(4000, 1000)];
    private static readonly int[] Holdout = [.. Enumerable.Range(5000, 1000)];

    [Fact]
    public void Sets_part_what_ranks_do_not_and_the_model_says_so()
    {
        var lesson = LessonOf() with { Size = 5 };
        var (ranks, sets) = (Fitted(lesson, LevelSplits.Ranks).Scorer, Fitted(lesson, LevelSplits.Sets).Scorer);

        Assert.True(ErrorOf(sets, lesson) < 0.6 * ErrorOf(ranks, lesson));
        Assert.Empty(ranks.Notes);
        var note = Assert.Single(sets.Notes);
        Assert.Equal("Levels", note.Label);
        Assert.Matches(@"^[1-9]\d* of \d+ splits on sets \(Microsoft\.ML cannot read it\)$", note.Value);
    }

    [Fact]
    public void Answers_and_reasons_are_the_library_s_also_for_null_and_levels_not_learned()
    {
        var lesson = LessonOf();
        var fitted = Fitted(lesson with { Validation = Validation }, LevelSplits.Sets);
        int[] all = [.. Enumerable.Range(0, Rows)];
        var (scores, reasons) = (new double[Rows], new double[2 * Rows]);
        fitted.Scorer.Score(lesson.Rows, all, scores);
        fitted.Scorer.Explainer!.Explain(lesson.Rows, all, reasons);

        Assert.InRange(fitted.Size, 2, 59);
        Assert.Equal([0f, 1f], lesson.Rows.Columns[1].Distinct().Order().Take(2));
        using var native = NativeBooster.Load(Encoding.UTF8.GetString(fitted.Scorer.Save()));
        double[] rows = [.. all.SelectMany(row => lesson.Rows.Columns.Select(column => (double)column[row]))];
        Assert.Equal(native.Answer(rows, AnswerKind.Final, 1), scores);
        var contributions = native.Answer(rows, AnswerKind.Contributions, 1);
        Assert.All(
            all,
            row =>
            {
                Assert.Equal(contributions[3 * row], reasons[2 * row], 6);
                Assert.Equal(contributions[(3 * row) + 1], reasons[(2 * row) + 1], 6);
            }
        );
    }

    private static Fitted Fitted(Lesson lesson, LevelSplits levels)
    {
        using var training = TrainerList
            .Of(Trainer.LightGbm)
            .Begin(
                new LightGbmOptions
                {
                    MaxTrees = 60,
                    Leaves = 4,
                    LearningRate = 0.3,
                    EarlyStopping = 5,
                    Levels = levels,
                }.For(lesson.Known.Length, lesson.Rows.Columns.Count)
            );
        return training.Fit(lesson, TestContext.Current.CancellationToken);
    }

    private static double ErrorOf(IScorer scorer, Lesson lesson)
    {
        var scores = new double[Holdout.Length];
        scorer.Score(lesson.Rows, Holdout, scores);
        return Holdout.Select((row, i) => Math.Abs(scores[i] - lesson.Targets.Labels[row])).Average();
    }

    /// <summary>A label that every other level raises; some levels are in the holdout alone.</summary>
    private static Lesson LessonOf()
    {
        var random = new Random(4);
        var (x, codes, labels) = (new double[Rows], new int[Rows], new double[Rows]);
        for (var row = 0; row < Rows; row++)
        {
            x[row] = random.NextDouble();
            // 0 is null.
            codes[row] = random.Next(row < Holdout[0] ? Levels : Levels + 3);
            labels[row] = x[row] + (codes[row] % 2 * 4) + (random.NextDouble() / 2);
        }

        var frame = new Frame
        {
            Rows = Rows,
            Columns =
            [
                new NumberColumn("x", x),
                new CategoryColumn("level", codes, [.. Enumerable.Range(1, Levels + 2).Select(level => $"l{level}")]),
            ],
            Labels = new Labels(labels),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };
        var known = Fit.Concat(Validation).ToArray();
        var encoder = Encoder.Fit(frame, known, _ => 100);
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets(labels),
            Known = known,
            Learned = Fit,
            Objective = new Objective(Loss.Squared, Loss.Squared),
            Threads = 1,
        };
    }
}
