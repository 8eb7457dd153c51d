using System.Text.Json.Nodes;
using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;

namespace Trainyard.Tests.Trainers;

/// <summary>Clusters are those that scikit-learn finds in the same points, and so are the metrics of them.</summary>
public sealed class KMeansTrainerTests
{
    private const int Rows = 60;
    private static readonly int[] All = [.. Enumerable.Range(0, Rows)];

    /// <summary>A part of a small table, of which KMeans(4, n_init=50, tol=0) on scaled numbers beside a column a level
    /// finds these sums.</summary>
    [Theory]
    [InlineData(Scaling.Standard, 68.64071137588925)]
    [InlineData(Scaling.None, 149.5765493697479)]
    public void The_least_sum_of_squares_is_found(Scaling scale, double inertia)
    {
        var lesson = LessonOf(scale);

        var fitted = Fit(lesson with { Size = 4 }, new KMeansOptions { Scale = scale, Starts = 50 });

        Assert.Equal(4, fitted.Size);
        Assert.Equal(inertia, Distances(fitted.Scorer, lesson, All).Sum(row => row.Min() * row.Min()), 1e-4);
        Assert.Equal(inertia, (double)JsonNode.Parse(fitted.Scorer.Save())!["inertia"]!, 1e-4);
    }

    /// <summary>silhouette_score and davies_bouldin_score of scikit-learn.</summary>
    [Theory]
    [InlineData(Scaling.Standard, 0.22796769328713534, 1.2751590482175852)]
    [InlineData(Scaling.None, 0.32457340914520855, 1.4254244743336606)]
    public void Metrics_of_clusters_are_those_of_scikit_learn(Scaling scale, double silhouette, double davies)
    {
        var lesson = LessonOf(scale);
        int[] groups =
        [
            .. All.Select(i =>
                X(i) > 5 ? 2
                : Z(i) > 1 ? 1
                : 0
            ),
        ];
        var answers = new Answers
        {
            Scores = new Scores(new double[Rows], 1),
            Ranking = new double[Rows],
            Points = PointsOf(lesson, All),
            Classes = new ClassAnswers(groups, (_, _) => 1, (_, _) => 0),
        };

        Assert.Equal(silhouette, Measures.Of(Metric.Silhouette).Value(answers, new double[Rows]), 1e-6);
        Assert.Equal(davies, Measures.Of(Metric.DaviesBouldin).Value(answers, new double[Rows]), 1e-6);
    }

    [Fact]
    public void One_cluster_alone_has_no_metric()
    {
        var lesson = LessonOf(Scaling.Standard);
        var answers = new Answers
        {
            Scores = new Scores(new double[Rows], 1),
            Ranking = new double[Rows],
            Points = PointsOf(lesson, All),
            Classes = new ClassAnswers(new int[Rows], (_, _) => 1, (_, _) => 0),
        };

        Assert.True(double.IsNaN(Measures.Of(Metric.Silhouette).Value(answers, new double[Rows])));
        Assert.True(double.IsNaN(Measures.Of(Metric.DaviesBouldin).Value(answers, new double[Rows])));
    }

    [Fact]
    public void A_seed_gives_the_same_clusters_whatever_the_threads()
    {
        var frame = Blobs(count: 4, rows: 9000);
        var lesson = LessonOf(frame, Scaling.Standard) with { Size = 4 };

        var one = Fit(lesson with { Threads = 1 }, new KMeansOptions()).Scorer.Save();

        Assert.Equal(one, Fit(lesson with { Threads = 3 }, new KMeansOptions()).Scorer.Save());
    }

    /// <summary>What decides is asked, whatever it is.</summary>
    [Theory]
    [InlineData("silhouette", 4, "4 of 2 to 6 clusters, silhouette 0.900 on validation")]
    [InlineData("davies_bouldin", 4, "4 of 2 to 6 clusters, Davies-Bouldin index 0.900 on validation")]
    [InlineData("silhouette", 3, "3 of 2 to 6 clusters, silhouette 0.900 on validation")]
    public void Validation_picks_as_many_clusters_as_are_best_by_the_metric(string metric, int best, string news)
    {
        var frame = Blobs(count: 4, rows: 800);
        int[] rows = [.. Enumerable.Range(0, frame.Rows)];
        var (told, asked) = (new List<string>(), Metric.All.Single(each => each.Name == metric));

        var fitted = new KMeansFit(new KMeansOptions { Clusters = new FromTo(2, 6) }).Fit(
            LessonOf(frame, Scaling.Standard) with
            {
                Learned = rows[..600],
                Validation = rows[600..],
                Judge = new Judge(
                    asked,
                    (_, some) =>
                        scores =>
                            some.Length != 200 ? double.NaN
                            : scores.Width == best ? 0.9
                            : scores.Width == best + 1 ? double.NaN
                            : asked.HigherIsBetter ? 0.5
                            : 1.5
                ),
            },
            told
        );

        Assert.Equal(best, fitted.Size);
        Assert.Equal(best, fitted.Scorer.Width);
        Assert.Contains(news, told);
    }

    [Fact]
    public void A_fit_that_goes_on_from_another_keeps_its_clusters_in_their_places()
    {
        var frame = Blobs(count: 4, rows: 800);
        var lesson = LessonOf(frame, Scaling.Standard) with { Size = 4 };
        var first = Fit(lesson with { Learned = [.. Enumerable.Range(0, 500)] }, new KMeansOptions()).Scorer;
        Scores Reversed(int[] rows) => new([.. Distances(first, lesson, rows).SelectMany(row => row.Reverse())], 4);

        var next = Fit(lesson with { Before = Reversed }, new KMeansOptions()).Scorer;

        int[] all = [.. Enumerable.Range(0, frame.Rows)];
        Assert.Equal(
            Distances(first, lesson, all).Select(row => 3 - Array.IndexOf(row, row.Min())),
            Distances(next, lesson, all).Select(row => Array.IndexOf(row, row.Min()))
        );
    }

    [Fact]
    public void Contributions_add_up_to_the_squared_distance()
    {
        var lesson = LessonOf(Scaling.Standard, withNulls: true);
        var scorer = Fit(lesson with { Size = 3 }, new KMeansOptions()).Scorer;
        var explainer = scorer.Explainer!;
        var contributions = new double[Rows * 3 * 3];

        explainer.Explain(lesson.Rows, All, contributions);

        foreach (var (row, distances) in Distances(scorer, lesson, All).Index())
        {
            for (var centre = 0; centre < 3; centre++)
            {
                var sum = contributions.AsSpan(((row * 3) + centre) * 3, 3).ToArray().Sum() + explainer.Means[centre];
                Assert.Equal(distances[centre] * distances[centre], sum, 1e-9);
            }
        }

        for (var centre = 0; centre < 3; centre++)
        {
            Assert.Equal(
                Distances(scorer, lesson, All).Average(row => row[centre] * row[centre]),
                explainer.Means[centre],
                1e-9
            );
        }
    }

    [Fact]
    public void A_null_lies_at_the_mean_and_one_deviation_aside()
    {
        var frame = new Frame
        {
            Rows = 4,
            Columns = [new NumberColumn("x", [0, 0, 20, 20f]), new NumberColumn("y", [1, float.NaN, 1, float.NaN])],
            Labels = Labels.Unknown(4),
            Cutoffs = [],
            Keys = new ulong[4],
        };

        foreach (var (scale, apart) in new[] { (Scaling.Standard, 1), (Scaling.None, 1) })
        {
            var lesson = LessonOf(frame, scale);
            var pairs = PointsOf(lesson, [0, 1]).SquaresFrom(PointsOf(lesson, [0]).CentresOf([0], 1), 1);
            Assert.Equal([0, (double)apart], pairs.Select(square => Math.Round(square, 6)));
        }
    }

    /// <summary>In their own unit numbers are as large as they are, and squares of their distances beyond 32
    /// bits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1e9)]
    [InlineData(1e30)]
    [InlineData(1e-30)]
    public void Clusters_are_the_same_whatever_the_unit(double unit)
    {
        var random = new Random(2);
        double[] x = [.. Enumerable.Range(0, 90).Select(i => (i % 3 * 10) + random.NextDouble())];
        var frame = Table(new NumberColumn("x", [.. x.Select(value => value * unit)]));
        var lesson = LessonOf(frame, Scaling.None) with { Size = 3 };
        int[] all = [.. Enumerable.Range(0, 90)];

        int[] nearest =
        [
            .. Distances(Fit(lesson, new KMeansOptions()).Scorer, lesson, all)
                .Select(row => Array.IndexOf(row, row.Min())),
        ];

        Assert.Equal(all.Select(i => nearest[i % 3]), nearest);
        Assert.Distinct(nearest[..3]);
        Assert.InRange(Separation.Of(PointsOf(lesson, all), nearest)!.Average(), 0.9, 1);
    }

    [Fact]
    public void Numbers_whose_distances_32_bits_do_not_hold_are_65()
    {
        var frame = Table(new NumberColumn("x", [-1e39, 0, 1e39]));

        var fault = Assert.Throws<Fault>(() => LessonOf(frame, Scaling.None));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal(
            "The column 'x' has numbers so large that 32 bits do not hold how far they may lie from each other "
                + "in their own unit. Write scale: standard in model.options, or divide them in the query. "
                + "Nothing was changed.",
            fault.Message
        );
    }

    private static Frame Table(NumberColumn column) =>
        new()
        {
            Rows = column.Count,
            Columns = [column],
            Labels = Labels.Unknown(column.Count),
            Cutoffs = [],
            Keys = new ulong[column.Count],
        };

    [Fact]
    public void What_was_saved_answers_the_same_and_what_is_broken_is_78()
    {
        var lesson = LessonOf(Scaling.Standard);
        var scorer = Fit(lesson with { Size = 3 }, new KMeansOptions()).Scorer;
        var trainer = TrainerList.Of(Trainer.KMeans);

        var loaded = trainer.Load(scorer.Save(), lesson.Encoder, "the model");

        Assert.Equal(Distances(scorer, lesson, All), Distances(loaded, lesson, All));
        Assert.All(
            new[]
            {
                "{}",
                "[]",
                System
                    .Text.Encoding.UTF8.GetString(scorer.Save())
                    .Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal),
                System
                    .Text.Encoding.UTF8.GetString(scorer.Save())
                    .Replace("\"name\": \"x\"", "\"name\": \"w\"", StringComparison.Ordinal),
                Without(scorer, "centres"),
                Without(scorer, "means"),
            },
            broken =>
                Assert.Equal(
                    ExitCode.BadConfiguration,
                    Assert
                        .Throws<Fault>(() =>
                            trainer.Load(System.Text.Encoding.UTF8.GetBytes(broken), lesson.Encoder, "the model")
                        )
                        .Code
                )
        );
    }

    [Theory]
    [InlineData(
        1,
        "Of the 60 rows to learn from no more than 1 differ from each other, and model.options.clusters asks "
    )]
    [InlineData(
        4,
        "Of the 60 rows to learn from no more than 4 differ from each other, and model.options.clusters asks "
    )]
    public void More_clusters_than_rows_that_differ_is_65(int different, string beginning)
    {
        var frame = new Frame
        {
            Rows = Rows,
            Columns = [new NumberColumn("x", [.. All.Select(i => (float)(i % different))])],
            Labels = Labels.Unknown(Rows),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };

        var fault = Assert.Throws<Fault>(() =>
            Fit(LessonOf(frame, Scaling.Standard), new KMeansOptions { Clusters = new FromTo(5, 5) })
        );

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.StartsWith(beginning, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "for 5 clusters. Mend the rows, or ask for fewer. Nothing was changed.",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Zeros_of_either_sign_and_nulls_make_no_difference()
    {
        var other = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(float.NaN) + 1);
        var frame = new Frame
        {
            Rows = Rows,
            Columns =
            [
                new NumberColumn("x", [.. All.Select(i => i % 2 == 0 ? 0f : -0f)]),
                new NumberColumn("y", [.. All.Select(i => i % 3 == 0 ? float.NaN : other)]),
            ],
            Labels = Labels.Unknown(Rows),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };

        var fault = Assert.Throws<Fault>(() => Fit(LessonOf(frame, Scaling.Standard), new KMeansOptions()));

        Assert.StartsWith(
            "Of the 60 rows to learn from no more than 1 differ",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    private static double X(int i) => i * 37 % 11;

    private static double Z(int i) => i * i % 13 / 4.0;

    /// <summary>Saved, and its first column has lost a member.</summary>
    private static string Without(IScorer scorer, string member)
    {
        var saved = JsonNode.Parse(scorer.Save())!;
        Assert.True(saved["columns"]![0]!.AsObject().Remove(member));
        return saved.ToJsonString();
    }

    private static Points PointsOf(Lesson lesson, int[] rows) =>
        new(new Design(lesson.Encoder), lesson.Rows, rows, threads: 2, CancellationToken.None);

    private static Fitted Fit(Lesson lesson, KMeansOptions options) => new KMeansFit(options).Fit(lesson, []);

    private static double[][] Distances(IScorer scorer, Lesson lesson, int[] rows)
    {
        var scores = new double[rows.Length * scorer.Width];
        scorer.Score(lesson.Rows, rows, scores);
        return [.. scores.Chunk(scorer.Width)];
    }

    /// <summary>Points around the corners of a square, far from each other.</summary>
    private static Frame Blobs(int count, int rows)
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

    private static Lesson LessonOf(Scaling scale, bool withNulls = false) =>
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

    private static Lesson LessonOf(Frame frame, Scaling scale)
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

    private sealed class KMeansFit(KMeansOptions options)
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
