using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using Trainyard.Trainers.IsolationForest;

namespace Trainyard.Tests.Trainers;

/// <summary>What is unlike the others scores high, for a reason that adds up.</summary>
public sealed class AnomalyTrainersTests
{
    private const int Rows = 500;

    /// <summary>Of a cloud around 0, far from the cloud in one column, a level that nobody else has, and a
    /// null.</summary>
    private const int Far = 17;
    private const int Rare = 230;
    private const int Missing = 401;

    private static readonly int[] All = [.. Enumerable.Range(0, Rows)];

    public static TheoryData<string> Names { get; } = ["isolation_forest", "pca"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_unlike_the_others_has_the_highest_scores(string name)
    {
        var lesson = LessonOf(Cloud());

        var scores = ScoresOf(Fit(name, lesson), lesson);

        // Where splits are random, rows at the rim of a cloud are soon alone too.
        int[] highest = [.. All.OrderByDescending(row => scores[row]).Take(name == "pca" ? 3 : 25)];
        Assert.Equal([Far, Rare, Missing], new[] { Far, Rare, Missing }.Intersect(highest));
        Assert.All(scores, score => Assert.True(score > 0 && double.IsFinite(score)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Contributions_add_up(string name)
    {
        var lesson = LessonOf(Cloud());
        var scorer = Fit(name, lesson);
        var (scores, explainer) = (ScoresOf(scorer, lesson), scorer.Explainer!);
        var contributions = new double[Rows * 3];

        explainer.Explain(lesson.Rows, All, contributions);

        Assert.All(
            All,
            row =>
                Assert.Equal(
                    Trainer.All.Single(each => each.Name == name).AddsLogarithms ? Math.Log2(scores[row]) : scores[row],
                    contributions.AsSpan(row * 3, 3).ToArray().Sum() + explainer.Means[0],
                    1e-9
                )
        );
        Assert.Equal(
            0,
            Array.IndexOf(contributions[(Far * 3)..((Far * 3) + 3)], contributions[(Far * 3)..((Far * 3) + 3)].Max())
        );
        Assert.Equal(
            2,
            Array.IndexOf(
                contributions[(Rare * 3)..((Rare * 3) + 3)],
                contributions[(Rare * 3)..((Rare * 3) + 3)].Max()
            )
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_seed_gives_the_same_model_whatever_the_threads(string name)
    {
        var lesson = LessonOf(Cloud());

        Assert.Equal(Fit(name, lesson with { Threads = 1 }).Save(), Fit(name, lesson with { Threads = 3 }).Save());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_was_saved_answers_the_same_and_what_is_broken_is_78(string name)
    {
        var lesson = LessonOf(Cloud());
        var (scorer, trainer) = (Fit(name, lesson), TrainerOf(name));

        Assert.Equal(ScoresOf(scorer, lesson), ScoresOf(trainer.Load(scorer.Save(), lesson.Encoder, "it"), lesson));
        var saved = System.Text.Encoding.UTF8.GetString(scorer.Save());
        Assert.All(
            (string[])
                [
                    "{}",
                    saved[..(saved.Length / 2)],
                    saved
                        .Replace("\"format\": 1", "\"format\": 9", StringComparison.Ordinal)
                        .Replace("\"format\":1", "\"format\":9", StringComparison.Ordinal),
                    saved.Replace("\"x\"", "\"w\"", StringComparison.Ordinal),
                    .. Shortened(saved),
                ],
            broken =>
                Assert.Equal(
                    ExitCode.BadConfiguration,
                    Assert
                        .Throws<Fault>(() =>
                            trainer.Load(System.Text.Encoding.UTF8.GetBytes(broken), lesson.Encoder, "it")
                        )
                        .Code
                )
        );
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Rows_that_are_all_the_same_are_65(string name)
    {
        var frame = Of(new NumberColumn("x", new float[Rows]));

        var fault = Assert.Throws<Fault>(() => Fit(name, LessonOf(frame)));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal(
            "Nothing can be learned from the 500 rows: all that the model reads of them is the same. Mend the rows. "
                + "Nothing was changed.",
            fault.Message
        );
    }

    [Fact]
    public void What_lies_farther_than_any_row_that_was_learned_scores_higher_than_all_of_them()
    {
        var frame = Cloud();
        var learned = LessonOf(frame);
        var scores = ScoresOf(
            Fit("isolation_forest", learned with { Learned = [.. All.Where(row => row != Far)] }),
            learned
        );

        Assert.True(scores[Far] > scores.Where((_, row) => row != Far).Max());
    }

    /// <summary>A number that stands for none, be it of a few rows or of most; the others lie at both ends of 0 to 1,
    /// but for one.</summary>
    [Theory]
    [InlineData(1e9, 40)]
    [InlineData(-1e300, 40)]
    [InlineData(1e9, 300)]
    public void What_lies_together_stays_apart_however_far_away_others_are(double sentinel, int count)
    {
        var random = new Random(4);
        var frame = Of(
            new NumberColumn(
                "x",
                [
                    .. All.Select(row =>
                        row < count ? sentinel
                        : row == 499 ? 0.5
                        : (row % 2 * 0.9) + (0.1 * random.NextDouble())
                    ),
                ]
            )
        );
        var encoder = Encoder.Fit(frame, All, _ => 50, Scaling.Standard, Trainer.IsolationForest.CountsFromMiddle);
        var lesson = LessonOf(frame) with { Encoder = encoder, Rows = encoder.Encode(frame) };

        var scores = ScoresOf(Fit("isolation_forest", lesson), lesson);

        Assert.True(scores[499] > scores[count..499].Max());
    }

    [Fact]
    public void Trees_send_nulls_another_way_than_what_is_higher_than_all_they_saw()
    {
        double[] values = [.. All.Select(row => row < 250 ? double.NaN : 1)];
        var frame = Of(new NumberColumn("x", [.. values[..499], 7]));
        var lesson = LessonOf(frame);

        var scores = ScoresOf(Fit("isolation_forest", lesson with { Learned = All[..499] }), lesson);

        Assert.NotEqual(scores[0], scores[498]);
        Assert.Equal(scores[498], scores[499]);
    }

    [Fact]
    public void A_stop_does_not_wait_until_components_are_found()
    {
        using var stop = new CancellationTokenSource();
        var told = new List<string>();
        var random = new Random(1);
        var lesson = LessonOf(Of([.. Enumerable.Range(0, 700).Select(i => Column($"x{i}", random))]));
        using var training = TrainerOf("pca").Begin(Trainer.Pca.Options);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        Assert.ThrowsAny<OperationCanceledException>(() =>
            training.Fit(
                lesson,
                stop.Token,
                new OddLesson.Heard
                {
                    Then = words =>
                    {
                        if (words == "components")
                        {
                            watch.Restart();
                            stop.CancelAfter(50);
                        }
                    },
                }
            )
        );

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");

        static NumberColumn Column(string name, Random random) => new(name, [.. All.Select(_ => random.NextSingle())]);
    }

    [Fact]
    public void A_path_among_so_many_rows_is_as_long_as_in_the_paper()
    {
        Assert.Equal([0, 0, 1], Enumerable.Range(0, 3).Select(PathLength.Among));
        Assert.Equal(10.2448, PathLength.Among(256), 1e-4);
    }

    [Fact]
    public void Trees_see_no_more_rows_than_they_may_and_end_where_rows_are_alone()
    {
        var lesson = LessonOf(Cloud());
        var trained = (IsolationForestOptions)Trainer.IsolationForest.Options with { Trees = 5, Rows = 64 };
        var model = System.Text.Json.JsonSerializer.Deserialize<IsolationForestModel>(
            Fit("isolation_forest", lesson, trained).Save(),
            Json.Compact
        )!;

        Assert.Equal(5, model.Trees.Count);
        Assert.All(
            model.Trees,
            tree =>
            {
                Assert.True(tree.IsSound(3));
                Assert.Equal(64, tree.LeafCounts.Sum());
                Assert.Equal(64, tree.SplitCounts[0]);

                // Of two bounds in each larger part, one below and one above all that came there.
                var far = tree.LeafCounts.Count(count => count == 0);
                Assert.True(far > 0 && far % 2 == 0);
            }
        );
    }

    /// <summary>The model, and each time the first of its trees or columns has lost another member.</summary>
    private static IEnumerable<string> Shortened(string saved)
    {
        var members = First(JsonNode.Parse(saved)!).Select(member => member.Key).ToList();
        Assert.NotEmpty(members);
        return members.Select(member =>
        {
            var model = JsonNode.Parse(saved)!;
            First(model).Remove(member);
            return model.ToJsonString();
        });

        static JsonObject First(JsonNode model) => (model["trees"] ?? model["columns"])![0]!.AsObject();
    }

    private static ITrainer TrainerOf(string name) => TrainerList.Of(Trainer.All.Single(each => each.Name == name));

    private static IScorer Fit(string name, Lesson lesson, TrainerOptions? options = null)
    {
        var trainer = TrainerOf(name);
        using var training = trainer.Begin(options ?? trainer.Declaration.Options);
        return training.Fit(lesson, Cancel).Scorer;
    }

    private static double[] ScoresOf(IScorer scorer, Lesson lesson)
    {
        var scores = new double[Rows];
        scorer.Score(lesson.Rows, All, scores);
        return scores;
    }

    private static Frame Cloud()
    {
        var random = new Random(3);
        return Of(
            new NumberColumn("x", [.. All.Select(row => row == Far ? 40 : random.NextSingle())]),
            new NumberColumn("y", [.. All.Select(row => row == Missing ? float.NaN : random.NextSingle())]),
            new CategoryColumn("c", [.. All.Select(row => row == Rare ? 4 : 1 + (row % 3))], ["a", "b", "c", "d"])
        );
    }

    private static Frame Of(params FrameColumn[] columns) =>
        new()
        {
            Rows = Rows,
            Columns = columns,
            Labels = Labels.Unknown(Rows),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };

    private static Lesson LessonOf(Frame frame)
    {
        var encoder = Encoder.Fit(frame, All, _ => 50, Scaling.Standard);
        return new Lesson
        {
            Encoder = encoder,
            Rows = encoder.Encode(frame),
            Targets = new Targets(frame.Labels.Values),
            Known = All,
            Learned = All,
            Objective = new Objective(Loss.Own, Loss.Own),
            Threads = 2,
        };
    }
}
