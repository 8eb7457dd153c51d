using System.Text.Json.Nodes;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Trainers;
using static Trainyard.Tests.Trainers.SomeClusters;

namespace Trainyard.Tests.Trainers;

/// <summary>Clusters are those that scikit-learn finds in the same points, and so are the metrics of them.</summary>
public sealed class KMeansTrainerTests
{
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

    /// <summary>Saved, and its first column has lost a member.</summary>
    private static string Without(IScorer scorer, string member)
    {
        var saved = JsonNode.Parse(scorer.Save())!;
        Assert.True(saved["columns"]![0]!.AsObject().Remove(member));
        return saved.ToJsonString();
    }
}
