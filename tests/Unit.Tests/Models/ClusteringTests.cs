using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Gates;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks.Clustering;
using Trainyard.Learning.Training;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>A task without a label, from the split to the verdict.</summary>
public sealed class ClusteringTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>adjusted_rand_score of scikit-learn.</summary>
    [Fact]
    public void Two_partitions_are_alike_as_scikit_learn_has_it()
    {
        Assert.Equal(0.375, RandIndex.Of([0, 0, 1, 1, 2], [0, 0, 1, 2, 2]), 1e-12);
        Assert.Equal(1, RandIndex.Of([0, 0, 1, 2], [2, 2, 0, 1]));
        Assert.Equal(1, RandIndex.Of([0, 0], [1, 1]));
        Assert.True(RandIndex.Of([0, 1, 0, 1], [0, 0, 1, 1]) < 0);
    }

    [Fact]
    public void The_first_model_numbers_its_clusters_from_the_greatest_on() =>
        Assert.Equal(["2", "1", "3"], ClusterNumbers.Of([0, 0, 1, 1, 1, 2], 3, before: null, taken: []));

    [Fact]
    public void A_cluster_keeps_its_number_wherever_it_stands() =>
        Assert.Equal(
            ["7", "4", "2"],
            ClusterNumbers.Of([0, 0, 0, 1, 1, 1, 2, 2], 3, ([2, 2, 2, 0, 0, 1, 1, 1], [4, 2, 7]), [4, 2, 7])
        );

    [Fact]
    public void With_less_than_half_in_common_it_is_a_new_one_with_a_number_that_nobody_had() =>
        // 0 has 4 of the 5 rows that are in it or the old 1, 1 has 5 of 8, and 2 has 1 of 8, and 3 of 9.
        Assert.Equal(
            ["1", "2", "9"],
            ClusterNumbers.Of(
                [0, 0, 0, 0, 2, 2, 2, 2, 1, 1, 1, 1, 1],
                3,
                ([0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1], [1, 2]),
                [1, 2, 8]
            )
        );

    [Fact]
    public void Of_two_halves_of_a_cluster_one_keeps_its_number() =>
        Assert.Equal(["5", "6"], ClusterNumbers.Of([0, 0, 1, 1], 2, ([0, 0, 0, 0], [5]), [5]));

    [Fact]
    public void All_rows_are_learned_and_held_out_where_there_is_no_label()
    {
        var (frame, definition) = (Blobs(), Definition());

        var split = Split.Of(definition, frame, Some.Start.AddDays(60));
        var served = ServedRows.Of(definition, frame, Some.Start.AddDays(60))!;

        Assert.Equal(0, split.Card.NullLabels);
        Assert.Equal(0, split.Card.GapRows);
        Assert.Equal(frame.Rows, split.Fit.Length + split.Validation.Length + split.Holdout.Length);
        Assert.Equal(Some.Start.AddDays(59), served.Through);
    }

    [Fact]
    public void A_model_is_measured_without_a_label_or_a_baseline()
    {
        var (evaluation, evaluator) = Measured(Definition(), names: ["3", "1", "8"]);

        Assert.Null(evaluation.Baseline);
        Assert.Null(evaluation.GainOverBaseline);
        Assert.Null(evaluation.LabelMean);
        Assert.Null(evaluation.Reliability);
        Assert.Null(evaluation.RowOrder);
        Assert.InRange(evaluation.Model.Metric.Value, 0.85, 1);
        Assert.True(evaluation.Model.Metric.HasInterval);
        Assert.Equal(1, evaluation.Model.Metrics["stability"]);
        Assert.InRange(evaluation.Model.Metrics["davies_bouldin"], 0.001, 0.1);
        Assert.All(evaluation.ByWeek!, week => Assert.Null(week.Baseline));
        Assert.Equal(["x", "y"], evaluation.Importances!.Select(each => each.Feature).Take(2).Order());
        Assert.Equal("3", evaluation.Facts!.Single(fact => fact.Label == "Clusters").Value);
        var clusters = Assert.IsType<TableExhibit>(evaluation.Exhibits![0]);
        Assert.Equal(["1", "3", "8"], clusters.Rows.Select(row => row.Name));
        Assert.Equal(1, clusters.Rows.Sum(row => row.Values[1]!.Value), 1e-9);
        Assert.Contains(clusters.Rows, row => row.Note?.Contains(" (all: ", StringComparison.Ordinal) == true);
        Assert.Equal(["cluster-numbers", "cluster-levels"], evaluation.Exhibits.Skip(1).Select(exhibit => exhibit.Id));
        Assert.All(evaluator.Served(evaluation)!.Figures, figure => Assert.True(figure.IsWithin, figure.Text));
    }

    [Theory]
    [InlineData("silhouette", "3 of 2 to 5 clusters, silhouette 0.9")]
    [InlineData("davies_bouldin", "3 of 2 to 5 clusters, Davies-Bouldin index 0.0")]
    public void The_metric_that_decides_picks_how_many_clusters_there_are(string metric, string news)
    {
        var (some, told) = (Definition(), new List<string>());
        var definition = some with
        {
            Metric = Metric.All.Single(each => each.Name == metric),
            Model = some.Model with
            {
                Options = new KMeansOptions { Clusters = new FromTo(2, 5), Starts = 3 },
            },
        };

        var trained = Training.Run(
            definition,
            Blobs(),
            SplitOf(definition, Blobs()),
            threads: 2,
            _ => { },
            Cancel,
            new Telling(told)
        );

        Assert.Equal(3, trained.Size);
        Assert.Contains(told, each => each.StartsWith(news, StringComparison.Ordinal));
    }

    [Fact]
    public void Halves_that_are_too_few_have_no_stability_and_any_other_fault_is_one()
    {
        Assert.Null(Of(Fault.BadData("Too few.")));
        Assert.Throws<Fault>(() => Of(Fault.BadConfiguration("Else.")));
        Assert.Throws<OperationCanceledException>(() => Of(new OperationCanceledException()));

        static double? Of(Exception thrown) => Stability.Of(new Failing(thrown), Given(), clusters: 2, seed: 1, Cancel);

        static Lesson Given() =>
            new()
            {
                Encoder = new Encoder { Columns = [] },
                Rows = new EncodedRows(4, []),
                Targets = new Targets(new double[4]),
                Known = [0, 1, 2, 3],
                Learned = [0, 1, 2, 3],
                Validation = [0],
                Objective = new Objective(Loss.Own, Loss.Own),
                Threads = 1,
            };
    }

    [Fact]
    public void A_champion_of_other_numbers_has_moved_rows_and_one_of_another_size_no_metric()
    {
        var (_, evaluator) = Measured(Definition(), ["3", "1", "8"]);

        var (same, _) = evaluator.Against(CardOf(["3", "1", "8"]), Trained(Definition()).Model);
        var (renamed, _) = evaluator.Against(CardOf(["3", "1", "9"]), Trained(Definition()).Model);
        var (other, _) = evaluator.Against(CardOf(["3", "1"]), Trained(Definition(clusters: 2)).Model);

        Assert.Equal(0, same!.Figures!["moved"]);
        Assert.Equal(0, same.Gain!.Value);
        Assert.InRange(renamed!.Figures!["moved"], 0.2, 0.5);
        Assert.Null(other!.Gain);
        Assert.Equal(
            "It has 3 clusters and the champion 2, so the metric of the two is not compared.",
            other.NoMetricBecause
        );
    }

    [Theory]
    [InlineData(
        0.9,
        null,
        true,
        "Silhouette is 0.550 (0.500 to 0.600). Its stability is 0.900, where 0.500 or more is allowed "
            + "(stable_at_least). There is no champion."
    )]
    [InlineData(
        0.4,
        null,
        false,
        "Silhouette is 0.550 (0.500 to 0.600), but its stability is 0.400, where 0.500 or more is allowed "
            + "(stable_at_least)."
    )]
    [InlineData(
        null,
        null,
        false,
        "Silhouette is 0.550 (0.500 to 0.600), but its stability cannot be computed (stable_at_least)."
    )]
    [InlineData(
        0.9,
        0.11,
        true,
        "Silhouette is 0.550 (0.500 to 0.600). Its stability is 0.900, where 0.500 or more is allowed "
            + "(stable_at_least). Its share of rows in another cluster than the champion's is 11.00 %, where 20.00 % "
            + "or less is allowed (moved_at_most). It has 3 clusters and the champion 2."
    )]
    [InlineData(
        0.9,
        0.31,
        false,
        "Silhouette is 0.550 (0.500 to 0.600), but its share of rows in another cluster than the champion's is 31.00 "
            + "%, where 20.00 % or less is allowed (moved_at_most)."
    )]
    public void The_gate_asks_what_can_be_asked(double? stability, double? moved, bool promoted, string reason)
    {
        var verdict = Gate.Decide(
            new GateCase
            {
                Spec = new GateSpec(),
                Task = ModelTask.Clustering,
                Evaluation = new Evaluation
                {
                    Metric = Metric.Silhouette,
                    Model = new Measured
                    {
                        Metric = new Estimate(0.55, 0.5, 0.6),
                        Metrics = stability is { } value
                            ? new Dictionary<string, double> { ["stability"] = value }
                            : new Dictionary<string, double>(),
                    },
                    Intervals = "",
                },
                Champion = moved is { } share
                    ? new ChampionComparison
                    {
                        Champion = "train.1",
                        Rows = 100,
                        NoMetricBecause = "It has 3 clusters and the champion 2.",
                        Figures = new Dictionary<string, double> { ["moved"] = share },
                    }
                    : null,
                NoChampionBecause = moved is null ? "There is no champion." : null,
                Command = "",
            }
        );

        Assert.Equal(reason, verdict.Reason);
        Assert.Equal(promoted, verdict.Promoted);
    }

    private static (Evaluation Evaluation, Evaluator Evaluator) Measured(Definition definition, string[] names)
    {
        var (frame, trained) = (Blobs(), Trained(definition));
        var split = SplitOf(definition, frame);
        var reading = trained.Reading with { Classes = names };
        var evaluator = new Evaluator(
            definition,
            resample: null,
            frame,
            split,
            trained with
            {
                Reading = reading,
                Served = trained.Served! with { Reading = reading },
            },
            threads: 2,
            Cancel
        );
        return (evaluator.Evaluate(), evaluator);
    }

    private static TrainedModel Trained(Definition definition) =>
        Training.Run(definition, Blobs(), SplitOf(definition, Blobs()), threads: 2, _ => { }, Cancel);

    private static Split SplitOf(Definition definition, Frame frame) =>
        Split.Of(definition, frame, Some.Start.AddDays(60)) with
        {
            Served = ServedRows.Of(definition, frame, Some.Start.AddDays(60)),
        };

    private static Card CardOf(string[] names) =>
        new()
        {
            Pipeline = "blobs",
            Version = "train.1",
            AsOf = Some.Start,
            TrainedAt = Some.Start,
            LearnedThrough = Some.Start.AddDays(30),
            Definition = Definition(),
            DefinitionHash = "",
            ComparableHash = "",
            Producer = new Trainyard.Stores.Producer { Version = "1", Fingerprint = "" },
            Files = [],
            Inputs = [],
            Profile = [],
            Features = [],
            Split = SplitOf(Definition(), Blobs()).Card,
            Trees = names.Length,
            Classes = names,
            Evaluation = new Evaluation
            {
                Metric = Metric.Silhouette,
                Model = new Measured
                {
                    Metric = new Estimate(0, null, null),
                    Metrics = new Dictionary<string, double>(),
                },
                Intervals = "",
            },
            Scores = new Histogram(0, 1, [1]),
        };

    private static Definition Definition(int clusters = 3) =>
        Some.Definition() with
        {
            Label = null,
            Features = new FeaturesSpec { Numbers = ["x", "y"], Categories = [new CategorySpec { Column = "letter" }] },
            Metric = Metric.Silhouette,
            Model = new ModelSpec
            {
                Task = ModelTask.Clustering,
                Options = new KMeansOptions { Clusters = new FromTo(clusters, clusters), Starts = 3 },
                Split = new SplitSpec
                {
                    Validation = new SplitSize(Span.Days(10), default),
                    Holdout = new SplitSize(Span.Days(25), default),
                },
            },
        };

    private sealed class Telling(List<string> told) : IProgress<string>
    {
        public void Report(string value) => told.Add(value);
    }

    /// <summary>Is told when to stop, and fails before.</summary>
    private sealed class Failing(Exception thrown) : ITraining
    {
        public Fitted Fit(Lesson lesson, CancellationToken cancel, IProgress<string>? progress = null)
        {
            Assert.Equal(Cancel, cancel);
            throw thrown;
        }

        public void Dispose() { }
    }

    /// <summary>Ten rows a day around three places far from each other, with a letter that says nothing.</summary>
    private static Frame Blobs()
    {
        const int rows = 600;
        var random = new Random(3);
        int[] places = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3))];
        return new Frame
        {
            Rows = rows,
            Columns =
            [
                new NumberColumn("x", [.. places.Select(place => (place * 100) + random.NextSingle())]),
                new NumberColumn("y", [.. places.Select(place => (place == 1 ? 200 : 0) + random.NextSingle())]),
                new CategoryColumn("letter", [.. places.Select(_ => 1)], ["a"]),
            ],
            Labels = Labels.Unknown(rows),
            Cutoffs = [.. Enumerable.Range(0, rows).Select(row => Some.Start.AddDays((row / 10) + 1))],
            Keys = [.. Enumerable.Range(0, rows).Select(row => KeyHash.Mix((ulong)row + 1))],
        };
    }
}
