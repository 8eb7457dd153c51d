using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using static Trainyard.Tests.Trainers.LinearLesson;

namespace Trainyard.Tests.Trainers;

/// <summary>What is learned is held to what makes it the best there is, computed here on a wide table.</summary>
public sealed class LinearTrainerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Squares_are_made_least_as_the_normal_equations_do()
    {
        var lesson = LessonOf(Loss.Squared);
        var wide = Fit.Select(row => Wide(lesson, row)).ToArray();
        var size = wide[0].Length;

        // The last column is that of ones, which is under no penalty.
        double[][] equations = [.. wide[0].Select(_ => new double[size + 1])];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                equations[i][j] = wide.Sum(row => row[i] * row[j]) + (i == j && i < size - 1 ? 2.5 : 0);
            }

            equations[i][size] = Fit.Sum(row => wide[row][i] * lesson.Targets.Labels[row]);
        }

        var expected = Solved(equations);
        var scorer = Learned(lesson, 2.5);

        Assert.All(
            Fit,
            row => Assert.Equal(wide[row].Zip(expected, (x, b) => x * b).Sum(), Answers(scorer, lesson)[row], 1e-6)
        );
    }

    /// <summary>Ridge(alpha=0.5) and LogisticRegression(C=2, tol=1e-12) of scikit-learn by its solvers that go to
    /// the end (newton-cholesky, newton-cg), on scaled numbers beside a column a level.</summary>
    [Fact]
    public void Answers_are_those_of_scikit_learn()
    {
        const int rows = 60;
        int[] all = [.. Enumerable.Range(0, rows)];
        double[] x = [.. all.Select(i => (double)(i * 37 % 11))];
        double[] z = [.. all.Select(i => i * i % 13 / 4.0)];
        var frame = new Frame
        {
            Rows = rows,
            Columns =
            [
                new NumberColumn("x", x),
                new NumberColumn("z", z),
                new CategoryColumn("third", [.. all.Select(i => 1 + (i % 3))], ["a", "b", "c"]),
            ],
            Labels = new Labels(new double[rows]),
            Cutoffs = [],
            Keys = new ulong[rows],
        };
        var encoder = Encoder.Fit(frame, all, _ => 3, Scaling.Standard);

        AssertFirst(
            [3.187985722347, 14.827614208405, 25.882143786093, 3.782256241681, 17.246382491483],
            Answered(Loss.Squared, i => (3 * x[i]) - z[i] + (i * 5 % 7))
        );
        AssertFirst(
            [0.006693017629, 0.228743657081, 0.930899280192, 0.013232677051, 0.417352943291],
            Answered(Loss.Logistic, i => (i * 7 % 5) + x[i] > 7 ? 1 : 0)
        );
        AssertFirst(
            [0.643542667737, 0.301900693946, 0.054556638316, 0.542910845426, 0.452258293058, 0.004830861516],
            Answered(Loss.Softmax, i => ((i * i) + (x[i] > 4 ? 2 : 0)) % 3)
        );

        static void AssertFirst(double[] expected, double[] answers) =>
            Assert.All(expected.Zip(answers), each => Assert.Equal(each.First, each.Second, 1e-6));

        double[] Answered(Loss loss, Func<int, double> label)
        {
            var lesson = new Lesson
            {
                Encoder = encoder,
                Rows = encoder.Encode(frame),
                Targets = new Targets([.. all.Select(label)]),
                Known = all,
                Learned = all,
                Objective = new Objective(loss, loss, loss == Loss.Softmax ? 3 : 1),
                Threads = 1,
            };
            return Answers(Learned(lesson, 0.5), lesson);
        }
    }

    [Theory]
    [InlineData("logistic")]
    [InlineData("softmax")]
    [InlineData("poisson")]
    [InlineData("tweedie")]
    [InlineData("squared")]
    [InlineData("weighted")]
    public void No_weight_can_be_moved_so_that_the_loss_and_its_penalty_fall(string name)
    {
        const double penalty = 0.7;
        var loss = LossOf(name);
        var lesson = LessonOf(loss);
        if (name == "weighted")
        {
            lesson = lesson with { Targets = lesson.Targets with { ClassWeights = [0.5f, 3] } };
        }

        var scorer = Learned(lesson, penalty);
        var (answers, weights, width) = (Answers(scorer, lesson), WeightsOf(scorer), scorer.Width);

        for (var k = 0; k < width; k++)
        {
            var slopes = new double[weights.Count];
            foreach (var row in Fit)
            {
                var (answer, label) = (answers[(row * width) + k], lesson.Targets.Labels[row]);
                var slope =
                    width > 1 ? answer - (label == k ? 1 : 0)
                    : loss.Kind == LossKind.Tweedie
                        ? Math.Pow(answer, 2 - loss.Parameter) - (label * Math.Pow(answer, 1 - loss.Parameter))
                    : answer - label;
                var wide = Wide(lesson, row);
                for (var i = 0; i < slopes.Length; i++)
                {
                    slopes[i] += lesson.Targets.WeightOf(row) * slope * wide[i];
                }
            }

            Assert.All(
                Enumerable.Range(0, slopes.Length),
                i => Assert.Equal(0, slopes[i] + (i < slopes.Length - 1 ? penalty * weights[i][k] : 0), 1e-3)
            );
            Assert.Contains(weights, each => Math.Abs(each[k]) > 0.1);
        }
    }

    [Fact]
    public void Units_of_a_column_change_no_answer()
    {
        var lesson = LessonOf(Loss.Squared);
        var other = LessonOf(Loss.Squared, number => 1.73e9 + (86_400 * number));

        var (plain, seconds) = (Learned(lesson, 1), Learned(other, 1));

        Assert.All(
            Answers(plain, lesson).Zip(Answers(seconds, other)),
            each => Assert.Equal(each.First, each.Second, 1e-5)
        );
        Assert.Equal(SlopeOf(plain), 86_400 * SlopeOf(seconds), 1e-4);

        static double SlopeOf(IScorer scorer) =>
            scorer.Coefficients!.Each.Single(one => one is { Column: "x", Kind: CoefficientKind.Number }).Values[0];
    }

    [Fact]
    public void Coefficients_in_the_units_of_the_rows_add_up_to_the_score()
    {
        var lesson = LessonOf(Loss.Squared);
        var scorer = Learned(lesson, 1);
        var told = scorer.Coefficients!;
        var (x, letter) = ((NumberColumn)FrameOf().Columns[0], (CategoryColumn)FrameOf().Columns[2]);
        var mean = Fit.Where(row => !x.IsNull(row)).Average(row => x[row]);

        foreach (var row in Fit[..50])
        {
            var level = letter.Codes[row] == 0 ? null : letter.Levels[letter.Codes[row] - 1];
            var sum = told.Intercept[0];
            foreach (var one in told.Each)
            {
                sum += one switch
                {
                    { Column: "x", Kind: CoefficientKind.Number } => one.Values[0] * (x.IsNull(row) ? mean : x[row]),
                    { Column: "x", Kind: CoefficientKind.Null } => x.IsNull(row) ? one.Values[0] : 0,
                    { Column: "letter", Kind: CoefficientKind.Level } => one.Level == level ? one.Values[0] : 0,
                    { Column: "letter", Kind: CoefficientKind.Null } => level is null ? one.Values[0] : 0,
                    { Column: "letter", Kind: CoefficientKind.Other } => level == "c" ? one.Values[0] : 0,
                    _ => throw new InvalidOperationException($"A coefficient of {one.Column} that no row has."),
                };
            }

            Assert.Equal(Answers(scorer, lesson)[row], sum, 1e-5);
        }
    }

    [Theory]
    [InlineData("squared")]
    [InlineData("softmax")]
    public void Reasons_add_up_to_the_score_and_to_nothing_over_the_rows_learned(string name)
    {
        var lesson = LessonOf(LossOf(name));
        var scorer = Learned(lesson, 1);
        var (explainer, weights) = (scorer.Explainer!, WeightsOf(scorer));
        var (width, columns) = (explainer.Width, lesson.Encoder.Columns.Count);
        var contributions = new double[Fit.Length * width * columns];

        explainer.Explain(lesson.Rows, Fit, contributions);

        for (var k = 0; k < width; k++)
        {
            var sums = new double[columns];
            for (var row = 0; row < Fit.Length; row++)
            {
                var some = contributions.AsSpan(((row * width) + k) * columns, columns).ToArray();
                var score = Wide(lesson, Fit[row]).Zip(weights, (x, each) => x * each[k]).Sum();
                Assert.Equal(score, explainer.Means[k] + some.Sum(), 1e-9);
                sums = [.. sums.Zip(some, (sum, one) => sum + one)];
            }

            Assert.All(sums, sum => Assert.Equal(0, sum, 1e-9));
        }
    }

    [Fact]
    public void What_was_not_learned_adds_nothing_and_what_lies_far_beyond_is_bounded()
    {
        var lesson = LessonOf(Loss.Squared);
        var scorer = Learned(lesson, 1);
        var levels = new CategoryColumn("letter", [1, 1, 1, 1], ["a"]);

        var answers = Answers(
            scorer,
            lesson with
            {
                Rows = lesson.Encoder.Encode(
                    FrameOf() with
                    {
                        Rows = 4,
                        Columns =
                        [
                            new NumberColumn("x", [double.PositiveInfinity, 1e300, 0, 0]),
                            new NumberColumn("same", [7.0, 7, 7, -1e9]),
                            levels,
                        ],
                    }
                ),
            }
        );

        Assert.True(double.IsFinite(answers[0]));
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(answers[2], answers[3]);
    }

    [Fact]
    public void Validation_picks_the_penalty_unless_it_is_said()
    {
        var lesson = LessonOf(Loss.Squared) with { Validation = Validation };
        using var training = Begin(null);
        var picked = training.Fit(lesson, Cancel);
        using var pinned = Begin(42);
        var said = pinned.Fit(lesson, Cancel);

        Assert.Equal(1e4 * Math.Pow(10, (1 - picked.Size) / 2.0), L2Of(picked.Scorer), 1e-9);
        Assert.InRange(picked.Size, 3, 15);
        Assert.Equal(LeastOf(lesson, picked.Size), picked.Size);
        Assert.Equal((1, 42), (said.Size, L2Of(said.Scorer)));

        // Of the steps around it none is better.
        static int LeastOf(Lesson lesson, int size) =>
            Enumerable
                .Range(Math.Max(1, size - 2), 5)
                .MinBy(step =>
                {
                    using var training = Begin(null);
                    var scorer = training.Fit(lesson with { Validation = null, Size = step }, Cancel).Scorer;
                    var answers = Answers(scorer, lesson);
                    return Validation.Sum(row => Math.Pow(answers[row] - lesson.Targets.Labels[row], 2));
                });
    }

    /// <summary>Penalties are told apart by fewer digits than what answers has.</summary>
    [Theory]
    [InlineData("squared")]
    [InlineData("logistic")]
    [InlineData("softmax")]
    [InlineData("tweedie")]
    public void What_validation_picks_is_solved_like_any_other(string name)
    {
        var lesson = LessonOf(LossOf(name)) with { Validation = Validation };
        using var training = Begin(null);
        var picked = training.Fit(lesson, Cancel);
        var again = training.Fit(lesson with { Validation = null, Size = picked.Size }, Cancel);

        Assert.All(
            Answers(picked.Scorer, lesson).Zip(Answers(again.Scorer, lesson)),
            both => Assert.Equal(both.Second, both.First, 1e-6)
        );
    }

    [Fact]
    public void Any_number_of_threads_and_a_training_of_its_own_give_the_same_bits()
    {
        var lesson = LessonOf(Loss.Logistic, repeat: 20) with { Size = 7 };
        using var training = Begin(null);
        var first = training.Fit(lesson, Cancel).Scorer.Save();
        training.Fit(lesson with { Size = 2 }, Cancel);
        using var other = Begin(null);

        Assert.Equal(first, training.Fit(lesson with { Threads = 4 }, Cancel).Scorer.Save());
        Assert.Equal(first, other.Fit(lesson, Cancel).Scorer.Save());
    }

    [Fact]
    public void It_is_answered_as_it_was_when_it_is_loaded_and_refused_by_another_encoder()
    {
        var lesson = LessonOf(Loss.Softmax);
        var scorer = Learned(lesson, 1);
        var trainer = TrainerList.Of(Trainer.Linear);

        Assert.Equal(Answers(scorer, lesson), Answers(trainer.Load(scorer.Save(), lesson.Encoder, "model"), lesson));
        var fault = Assert.Throws<Fault>(() =>
            trainer.Load(scorer.Save(), lesson.Encoder with { Columns = [lesson.Encoder.Columns[0]] }, "model.json")
        );
        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.StartsWith("model.json cannot be loaded", fault.Message, StringComparison.Ordinal);
        var shorter = JsonNode.Parse(scorer.Save())!;
        shorter["columns"]![0]!.AsObject().Remove("means");
        Assert.Equal(
            ExitCode.BadConfiguration,
            Assert.Throws<Fault>(() => trainer.Load(Json.Bytes(shorter), lesson.Encoder, "model.json")).Code
        );
    }

    [Fact]
    public void Labels_that_are_all_the_same_are_65_and_a_stop_is_obeyed()
    {
        var lesson = LessonOf(Loss.Squared);
        var same = lesson with { Targets = new Targets([.. Enumerable.Repeat(3.0, Rows)]) };
        using var training = Begin(null);
        using var stop = new CancellationTokenSource();
        var heard = 0;

        Assert.Equal(ExitCode.BadData, Assert.Throws<Fault>(() => training.Fit(same, Cancel)).Code);
        Assert.Throws<OperationCanceledException>(() =>
            training.Fit(lesson with { Validation = Validation }, stop.Token, new Stopping(stop, () => heard++))
        );
        Assert.Equal(1, heard);
    }

    /// <summary>A row of the table that the trainer never makes: each number and whether it is null, each level, and
    /// 1.</summary>
    private static double[] Wide(Lesson lesson, int row) =>
        [
            .. lesson.Encoder.Columns.SelectMany(
                (column, place) =>
                {
                    var value = lesson.Rows.Columns[place][row];
                    return column.Scale is null
                            ? Enumerable.Range(0, 2 + column.Levels.Count).Select(code => code == value ? 1.0 : 0)
                        : float.IsNaN(value) ? [0.0, 1]
                        : [(double)value, 0];
                }
            ),
            1,
        ];

    private static double[] Solved(double[][] equations)
    {
        var size = equations.Length;
        for (var pivot = 0; pivot < size; pivot++)
        {
            for (var row = 0; row < size; row++)
            {
                var factor = row == pivot ? 0 : equations[row][pivot] / equations[pivot][pivot];
                for (var column = pivot; factor != 0 && column <= size; column++)
                {
                    equations[row][column] -= factor * equations[pivot][column];
                }
            }
        }

        return [.. Enumerable.Range(0, size).Select(row => equations[row][size] / equations[row][row])];
    }

    private sealed class Stopping(CancellationTokenSource stop, Action then) : IProgress<string>
    {
        public void Report(string value)
        {
            then();
            stop.Cancel();
        }
    }
}
