using System.Text;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using Encoder = Trainyard.Learning.Encoding.Encoder;

namespace Trainyard.Tests.Trainers;

/// <summary>A linear model of texts, beside a number and a category.</summary>
public sealed class TextLessonTests
{
    private const int Rows = 300;
    private static readonly int[] All = [.. Enumerable.Range(0, Rows)];
    private static readonly string[] Says = ["the printer burns", "my password is lost", "no salary has come"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("softmax")]
    [InlineData("logistic")]
    [InlineData("squared")]
    public void Words_tell_the_label_and_the_saved_model_answers_alike(string loss)
    {
        var lesson = LessonOf(loss);
        var scorer = Fit(lesson, threads: 1);
        var answers = Answers(scorer, lesson);
        var loaded = TrainerList.Of(Trainer.Linear).Load(scorer.Save(), lesson.Encoder, "the model");

        // Weights of texts have 32 bits in a package.
        Assert.All(Answers(loaded, lesson).Zip(answers), each => Assert.Equal(each.First, each.Second, 1e-4));
        Assert.All(
            All,
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

    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes() =>
        Assert.Equal(Fit(LessonOf("softmax"), threads: 1).Save(), Fit(LessonOf("softmax"), threads: 4).Save());

    [Fact]
    public void Reasons_fold_into_the_column_and_add_up_to_the_score()
    {
        var lesson = LessonOf("squared");
        var scorer = Fit(lesson, threads: 1);
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
        Assert.Equal(0, All.Average(row => contributions[row * columns]), 1e-4);
    }

    [Fact]
    public void The_words_that_weigh_most_are_told_and_nobodys_own_are()
    {
        var lesson = LessonOf("softmax");
        var scorer = Fit(lesson, threads: 1);

        var words = scorer.Coefficients!.Each.Where(each => each.Kind == CoefficientKind.Word).ToList();
        var table = CoefficientsTold.Of(scorer.Coefficients!, "log-odds", ["fire", "login", "pay"]);

        var salary = words.Single(word => word.Level == "salary");
        Assert.Equal(("text", salary.Values.Max()), (salary.Column, salary.Values[2]));
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(scorer.Save()), StringComparison.Ordinal);
        Assert.Contains(table.Rows, row => row is { Name: "text", Note: "the word 'salary'" });
        Assert.Contains("what a word adds on the whole", table.Caption, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("all say the same")]
    [InlineData("!?")]
    public void Texts_that_say_nothing_leave_what_the_other_columns_say(string text)
    {
        var lesson = LessonOf("logistic", _ => text);
        var answers = Answers(Fit(lesson, threads: 1), lesson);

        // Two of three labels are 1; where the text is null, the number tells which.
        Assert.All(All.Where(row => row % 50 != 7), row => Assert.InRange(answers[row], 0.5, 0.85));
    }

    private static IScorer Fit(Lesson lesson, int threads)
    {
        using var training = TrainerList.Of(Trainer.Linear).Begin(new LinearOptions { L2 = 0.5 });
        return training.Fit(lesson with { Threads = threads, Validation = All[..50] }, Cancel).Scorer;
    }

    private static double[] Answers(IScorer scorer, Lesson lesson)
    {
        var scores = new double[Rows * scorer.Width];
        scorer.Score(lesson.Rows, All, scores);
        return scores;
    }

    private static Lesson LessonOf(string name, Func<int, string>? text = null)
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
        var encoder = Encoder.Fit(frame, All, _ => 2, Scaling.Standard, texts: _ => (1 << 14, 5_000));
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets([.. All.Select(row => loss == Loss.Softmax ? row % 3 : Math.Min(row % 3, 1.0))]),
            Known = All,
            Learned = All,
            Objective = new Objective(loss, loss, loss == Loss.Softmax ? 3 : 1),
            Threads = 1,
        };
    }
}
