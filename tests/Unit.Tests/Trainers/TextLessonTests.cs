using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using Encoder = Trainyard.Learning.Encoding.Encoder;

namespace Trainyard.Tests.Trainers;

/// <summary>Texts beside a number and a category, by whoever learns from them.</summary>
public sealed class TextLessonTests
{
    private const int Rows = 300;
    private static readonly int[] All = [.. Enumerable.Range(0, Rows)];
    private static readonly string[] Says = ["the printer burns", "my password is lost", "no salary has come"];

    /// <summary>Those with a text.</summary>
    private static readonly int[] Written = [.. All.Where(row => row % 50 != 7)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Readers =>
        [.. Trainer.All.Where(trainer => trainer.ReadsTexts && !trainer.Chooses).Select(trainer => trainer.Name)];

    public static MatrixTheoryData<string, string> Losses => new([.. Readers], ["softmax", "logistic", "squared"]);

    [Theory]
    [MemberData(nameof(Losses))]
    public void Words_tell_the_label_and_the_saved_model_answers_alike(string trainer, string loss)
    {
        var lesson = LessonOf(loss, trainer: trainer);
        var scorer = Fit(lesson, threads: 1, trainer);
        var answers = Answers(scorer, lesson);
        var loaded = TrainerOf(trainer).Load(scorer.Save(), lesson.Encoder, "the model");

        Assert.Equal(answers, Answers(loaded, lesson));
        // Six rows without a text are too few for a leaf of a tree.
        Assert.All(
            trainer == "linear" ? All : Written,
            row =>
            {
                var own = answers.AsSpan(row * scorer.Width, scorer.Width).ToArray();
                var label = lesson.Targets.Labels[row];
                Assert.True(
                    loss == "softmax" ? own[(int)label] == own.Max() : Math.Abs(own[0] - label) < 0.4,
                    $"row {row}: {string.Join(' ', own)} of {label}"
                );
            }
        );
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void Any_number_of_threads_gives_the_same_bytes(string trainer) =>
        Assert.Equal(
            Fit(LessonOf("softmax", trainer: trainer), threads: 1, trainer).Save(),
            Fit(LessonOf("softmax", trainer: trainer), threads: 4, trainer).Save()
        );

    [Theory]
    [MemberData(nameof(Readers))]
    public void Reasons_fold_into_the_column_and_add_up_to_the_score(string trainer)
    {
        var lesson = LessonOf("squared", trainer: trainer);
        var scorer = Fit(lesson, threads: 1, trainer);
        var explainer = scorer.Explainer!;
        var columns = lesson.Encoder.Columns.Count;
        var contributions = new double[Rows * columns];

        explainer.Explain(lesson.Rows, All, contributions);

        var answers = Answers(scorer, lesson);
        Assert.All(
            All,
            row =>
                Assert.Equal(
                    answers[row],
                    explainer.Means[0] + contributions.AsSpan(row * columns, columns).ToArray().Sum(),
                    1e-4
                )
        );
        Assert.Equal(0, All.Average(row => contributions[row * columns]), trainer == "linear" ? 1e-4 : 0.05);
        Assert.True(All.Average(row => Math.Abs(contributions[row * columns])) > 0.2, "the text says most");
    }

    [Fact]
    public void Rows_that_none_could_answer_are_told_nothing_by_their_texts()
    {
        var lesson = LessonOf("logistic", trainer: "lightgbm") with { Parts = _ => [] };

        var answers = Answers(Fit(lesson, threads: 1, "lightgbm"), lesson);

        Assert.All(Written, row => Assert.InRange(answers[row], 0.4, 0.9));
    }

    [Fact]
    public void What_is_held_to_rise_does_where_texts_stand_before_it()
    {
        var lesson = LessonOf("squared", _ => "all say the same", "lightgbm");
        var falls = lesson with
        {
            Targets = new Targets([.. lesson.Rows.Columns[1].Select(hint => 0.1 - (double)hint)]),
        };

        var free = Answers(Fit(falls, threads: 1, "lightgbm"), falls);
        var held = Answers(Fit(falls with { Directions = [0, 1, 0] }, threads: 1, "lightgbm"), falls);

        Assert.True(free.Max() - free.Min() > 0.05);
        Assert.All(Written, row => Assert.True(Rises(held, row), $"row {row}"));

        bool Rises(double[] answers, int row) =>
            (answers[row] - answers[0]) * (falls.Rows.Columns[1][row] - falls.Rows.Columns[1][0]) >= -1e-9;
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void The_words_that_weigh_most_are_told_and_nobodys_own_are(string trainer)
    {
        var lesson = LessonOf("softmax", trainer: trainer);
        var scorer = Fit(lesson, threads: 1, trainer);

        var words = scorer.Coefficients!.Each.Where(each => each.Kind == CoefficientKind.Word).ToList();
        var table = CoefficientsTold.Of(scorer.Coefficients!, "log-odds", ["fire", "login", "pay"]);

        var salary = words.Single(word => word.Level == "salary");
        Assert.Equal(("text", salary.Values.Max()), (salary.Column, salary.Values[2]));
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(scorer.Save()), StringComparison.Ordinal);
        Assert.Contains(table.Rows, row => row is { Name: "text", Note: "the word 'salary'" });
        Assert.Contains("what a word adds on the whole", table.Caption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "linear")]
    [InlineData("all say the same", "linear")]
    [InlineData("!?", "linear")]
    [InlineData("", "lightgbm")]
    [InlineData("all say the same", "lightgbm")]
    public void Texts_that_say_nothing_leave_what_the_other_columns_say(string text, string trainer)
    {
        var lesson = LessonOf("logistic", _ => text, trainer);
        var answers = Answers(Fit(lesson, threads: 1, trainer), lesson);

        // Two of three labels are 1; where the text is null, the number tells which. Trees find more in it than there
        // is.
        var (least, most) = trainer == "linear" ? (0.5, 0.85) : (0.2, 0.97);
        Assert.All(Written, row => Assert.InRange(answers[row], least, most));
    }

    private static IScorer Fit(Lesson lesson, int threads, string trainer = "linear")
    {
        using var training = TrainerOf(trainer)
            .Begin(
                trainer switch
                {
                    "linear" => new LinearOptions { L2 = 0.5 },
                    "lightgbm" => new LightGbmOptions { MaxTrees = 60, MinRowsPerLeaf = 5 }.For(Rows, columns: 3),
                    _ => new ForestOptions { Trees = 60 },
                }
            );
        var fits = lesson with { Threads = threads, Validation = All[..50] };
        return training.Fit(trainer == "linear" ? fits : fits with { Validation = null, Size = 60 }, Cancel).Scorer;
    }

    private static ITrainer TrainerOf(string name) => TrainerList.Of(Trainer.All.Single(each => each.Name == name));

    private static double[] Answers(IScorer scorer, Lesson lesson)
    {
        var scores = new double[Rows * scorer.Width];
        scorer.Score(lesson.Rows, All, scores);
        return scores;
    }

    private static Lesson LessonOf(string name, Func<int, string>? text = null, string trainer = "linear")
    {
        var loss = name switch
        {
            "softmax" => Loss.Softmax,
            "logistic" => Loss.Logistic,
            _ => Loss.Squared,
        };
        text ??= row => $"{Says[row % 3]}, said secret{row}of me";
        byte[][] texts = [.. All.Select(row => Encoding.UTF8.GetBytes(text(row)))];
        var frame = new Frame
        {
            Rows = Rows,
            Columns =
            [
                new TextColumn(
                    "text",
                    [.. All.Select(row => row % 50 == 7 ? 0 : row + 1)],
                    texts,
                    [.. texts.Select(text => text.Length)]
                ),
                new NumberColumn("hint", [.. All.Select(row => row % 50 == 7 ? row % 3 : row * 37 % 11 / 100f)]),
                new CategoryColumn("letter", [.. All.Select(row => 1 + (row % 2))], ["a", "b"]),
            ],
            Labels = new Labels(new double[Rows]),
            Cutoffs = [],
            Keys = [.. All.Select(row => (ulong)row)],
        };
        var encoder = Encoder.Fit(
            frame,
            All,
            _ => 2,
            trainer == "linear" ? Scaling.Standard : null,
            texts: _ => (1 << 14, 5_000)
        );
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets([.. All.Select(row => loss == Loss.Softmax ? row % 3 : Math.Min(row % 3, 1.0))]),
            Known = All,
            Learned = All,
            Objective = new Objective(loss, loss, loss == Loss.Softmax ? 3 : 1),
            Threads = 1,
            Parts = rows =>
                [
                    .. Enumerable
                        .Range(0, 5)
                        .Select(part => new Fold(
                            [.. rows.Where(row => row / 7 % 5 != part)],
                            [.. rows.Where(row => row / 7 % 5 == part)]
                        )),
                ],
        };
    }
}
