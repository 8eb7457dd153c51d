using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using Trainyard.Trainers.LightGbm.Native;
using static Trainyard.Tests.Trainers.OddLesson;
using Encoder = Trainyard.Learning.Encoding.Encoder;

namespace Trainyard.Tests.Trainers;

public sealed class ForestTrainerTests
{
    private static readonly ForestOptions Options = new() { Trees = 20, Leaves = 50 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Losses), MemberType = typeof(OddLesson))]
    public void Every_loss_is_learned_and_answered_as_the_library_averages_its_trees(string name)
    {
        var lesson = LessonOf(name);
        var fitted = Fitted(lesson, Options);
        var width = lesson.Objective.Width;

        Assert.Equal((20, width), (fitted.Size, fitted.Scorer.Width));
        using var native = NativeBooster.Load(Encoding.UTF8.GetString(fitted.Scorer.Save()));
        var expected = native.Answer(
            [.. Enumerable.Range(0, Rows).SelectMany(row => lesson.Rows.Columns.Select(column => (double)column[row]))],
            AnswerKind.Final,
            1
        );
        var answers = Scored(fitted.Scorer, lesson.Rows);
        foreach (var (row, shares) in expected.Chunk(width).Index())
        {
            var sum = width == 1 ? 1 : shares.Sum();
            Assert.All(shares, (share, place) => Assert.Equal(share / sum, answers[(row * width) + place], 1e-12));
        }

        Assert.True(answers.Distinct().Count() > 100);
    }

    /// <summary>A leaf's share is that of its rows and of one more that is as all are.</summary>
    [Fact]
    public void A_probability_is_the_share_of_rows_alike_and_never_0_or_1()
    {
        const int rows = 400;
        int[] all = [.. Enumerable.Range(0, rows)];
        var lesson = TableOf([.. all.Select(row => (double)(row % 4))], [.. all.Select(row => row % 4 == 3 ? 1.0 : 0)]);

        var (plain, held) = (Fitted(lesson, Options with { L2 = 0 }), Fitted(lesson, Options));

        Assert.All(
            Scored(plain.Scorer, lesson.Rows),
            (answer, row) => Assert.Equal(lesson.Targets.Labels[row], answer, 1e-6)
        );

        // In a leaf of a tree's 250 rows.
        Assert.All(
            Scored(held.Scorer, lesson.Rows),
            (answer, row) => Assert.InRange(Math.Abs(lesson.Targets.Labels[row] - answer), 0.001, 0.02)
        );
    }

    [Fact]
    public void Weights_count_as_so_many_rows()
    {
        int[] all = [.. Enumerable.Range(0, 400)];
        var lesson = TableOf([.. all.Select(_ => 1.0)], [.. all.Select(row => row % 4 == 3 ? 1.0 : 0)]);
        var weighty = lesson with { Targets = lesson.Targets with { ClassWeights = [1, 3] } };

        Assert.Equal(0.25, Scored(Fitted(lesson, Options).Scorer, lesson.Rows)[0], 0.02);
        Assert.Equal(0.5, Scored(Fitted(weighty, Options).Scorer, lesson.Rows)[0], 0.02);
    }

    /// <summary>Of 100 rows a leaf: half way between the 90th and the 91st, and the 50th and the 51st.</summary>
    [Fact]
    public void A_quantile_is_that_of_the_rows_alike()
    {
        int[] all = [.. Enumerable.Range(0, 400)];
        var lesson = TableOf(
            [.. all.Select(row => (double)(row % 4))],
            [.. all.Select(row => (1000.0 * (row % 4)) + (row * 3 / 4 * 7 % 300))]
        );
        double[][] labels = [.. Enumerable.Range(0, 4).Select(Sorted)];

        Assert.All(
            Scored(Fitted(Of(Loss.Quantile(0.9)), Options).Scorer, lesson.Rows),
            (answer, row) => Assert.Equal((labels[row % 4][89] + labels[row % 4][90]) / 2, answer, 1e-6)
        );
        Assert.All(
            Scored(Fitted(Of(Loss.Absolute), Options).Scorer, lesson.Rows),
            (answer, row) => Assert.Equal((labels[row % 4][49] + labels[row % 4][50]) / 2, answer, 1e-6)
        );

        // Of rows that weigh nothing there are none.
        var half = Of(Loss.Absolute) with
        {
            Targets = lesson.Targets with { RowWeights = [.. all.Select(row => row < 200 ? 1f : 0)] },
        };
        var median = SortedWhere(2, row => row < 200);
        Assert.Equal((median[24] + median[25]) / 2, Scored(Fitted(half, Options).Scorer, lesson.Rows)[2], 1e-6);

        Lesson Of(Loss loss) => lesson with { Objective = new Objective(loss, loss) };

        double[] Sorted(int level) => SortedWhere(level, _ => true);

        double[] SortedWhere(int level, Func<int, bool> takes) =>
            [.. all.Where(row => row % 4 == level && takes(row)).Select(row => lesson.Targets.Labels[row]).Order()];
    }

    /// <summary>Else most splits would have nothing to choose from, and most trees none.</summary>
    [Fact]
    public void Columns_that_tell_no_rows_apart_are_not_drawn()
    {
        int[] all = [.. Enumerable.Range(0, 400)];
        double[] same = [.. all.Select(_ => 7.0)];
        var lesson = TableOf(
            [.. all.Select(row => (double)(row % 4))],
            [.. all.Select(row => row % 4 == 3 ? 1.0 : 0)],
            [same, same, same, same]
        );

        Assert.All(
            Scored(Fitted(lesson, Options).Scorer, lesson.Rows),
            (answer, row) => Assert.Equal(lesson.Targets.Labels[row], answer, 0.02)
        );
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("softmax")]
    [InlineData("squared")]
    public void Reasons_add_up_to_the_average_of_the_trees(string name)
    {
        var lesson = LessonOf(name);
        var scorer = Fitted(lesson, Options).Scorer;
        var (explainer, columns) = (scorer.Explainer!, lesson.Rows.Columns.Count);
        int[] order = [3, 77, 1500];
        var contributions = new double[order.Length * scorer.Width * columns];
        explainer.Explain(lesson.Rows, order, contributions);
        var answers = Scored(scorer, lesson.Rows);

        foreach (var (at, row) in order.Index())
        {
            double[] sums =
            [
                .. Enumerable
                    .Range(0, scorer.Width)
                    .Select(place =>
                        explainer.Means[place]
                        + contributions.AsSpan(((at * scorer.Width) + place) * columns, columns).ToArray().Sum()
                    ),
            ];
            Assert.All(
                sums,
                (sum, place) =>
                    Assert.Equal(
                        answers[(row * scorer.Width) + place],
                        scorer.Width == 1 ? sum : sum / sums.Sum(),
                        1e-6
                    )
            );
        }
    }

    [Fact]
    public void It_is_the_same_again_other_with_another_seed_and_answers_so_when_it_is_loaded()
    {
        var lesson = LessonOf("softmax");
        var (first, again) = (Fitted(lesson, Options).Scorer, Fitted(lesson, Options).Scorer);
        var loaded = TrainerList.Of(Trainer.Forest).Load(first.Save(), lesson.Encoder, "model");

        Assert.Equal(first.Save(), again.Save());
        Assert.NotEqual(first.Save(), Fitted(lesson, Options with { Seed = 2 }).Scorer.Save());
        Assert.Equal(Scored(first, lesson.Rows), Scored(loaded, lesson.Rows));
        var fault = Assert.Throws<Fault>(() =>
            TrainerList
                .Of(Trainer.Forest)
                .Load(
                    Encoding.UTF8.GetBytes(
                        Encoding
                            .UTF8.GetString(first.Save())
                            .Replace("trainyard_loss", "other", StringComparison.Ordinal)
                    ),
                    lesson.Encoder,
                    "model.txt"
                )
        );
        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.StartsWith(
            "model.txt cannot be loaded by this version of Trainyard. It has no line 'trainyard_loss='",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void It_tells_of_its_trees_and_obeys_a_stop_between_them()
    {
        using var stop = new CancellationTokenSource();
        var heard = new Heard
        {
            Then = words =>
            {
                if (words.StartsWith("3 ", StringComparison.Ordinal))
                {
                    stop.Cancel();
                }
            },
        };
        using var training = Begin(Options);

        Assert.Throws<OperationCanceledException>(() => training.Fit(LessonOf("softmax"), stop.Token, heard));
        Assert.Equal(
            ["1 of 20 trees for class 1 of 3", "2 of 20 trees for class 1 of 3", "3 of 20 trees for class 1 of 3"],
            heard.Words
        );
    }

    [Fact]
    public void Rows_of_which_a_tree_would_see_none_are_65()
    {
        var fault = Assert.Throws<Fault>(() => Fitted(LessonOf("squared") with { Learned = [7] }, Options));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Contains("row_share leaves less than one to a tree", fault.Message, StringComparison.Ordinal);
    }

    private static ITraining Begin(ForestOptions options) => TrainerList.Of(Trainer.Forest).Begin(options);

    private static Fitted Fitted(Lesson lesson, ForestOptions options)
    {
        using var training = Begin(options);
        return training.Fit(lesson, Cancel);
    }

    /// <summary>Numbers, and a label that is 0 or 1.</summary>
    private static Lesson TableOf(double[] numbers, double[] labels, double[][]? more = null)
    {
        int[] all = [.. Enumerable.Range(0, labels.Length)];
        var frame = new Frame
        {
            Rows = labels.Length,
            Columns = [.. (more ?? []).Append(numbers).Select((values, i) => new NumberColumn($"x{i}", values))],
            Labels = new Labels(labels),
            Cutoffs = [],
            Keys = new ulong[labels.Length],
        };
        var encoder = Encoder.Fit(frame, all, _ => 0);
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets(labels),
            Known = all,
            Learned = all,
            Objective = new Objective(Loss.Logistic, Loss.Logistic),
            Threads = 1,
        };
    }
}
