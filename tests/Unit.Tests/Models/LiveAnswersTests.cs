using System.Globalization;
using Trainyard.Learning.Live;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

/// <summary>What was published is measured as the answers were that it was made of.</summary>
public sealed class LiveAnswersTests
{
    private static readonly double[] Labels = [1, 0, 1, 0];

    [Fact]
    public void Published_probabilities_are_measured_to_the_bit()
    {
        var answers = Some.Answers([0.1 + 0.2, 0.25, 1.0 / 3, 0.9], 0.3);
        var live = Of(
            new ModelSpec { Task = ModelTask.Binary },
            new Reading { Threshold = 0.3, Temperature = 2 },
            [new("probability", ColumnType.Double, false), new("predicted", ColumnType.Boolean, false)],
            [.. answers.Ranking.Select(probability => new[] { Text(probability), "t" })]
        );

        Assert.All(
            ModelTask.Binary.Metrics,
            metric => Assert.Equal(Measures.Of(metric).Value(answers, Labels), Measures.Of(metric).Value(live, Labels))
        );
    }

    [Fact]
    public void Values_have_the_intervals_that_were_published_where_their_model_gave_some()
    {
        Column[] columns =
        [
            new("value", ColumnType.Double, false),
            new("low", ColumnType.Double, true),
            new("high", ColumnType.Double, true),
        ];
        var with = new ModelSpec { Task = ModelTask.Regression, Interval = new Share(0.8) };
        var live = Of(
            with,
            Reading.Plain,
            columns,
            [
                ["1", "0.5", "1.5"],
                ["2", "2", "3"],
            ]
        );
        var without = Of(
            with with
            {
                Interval = null,
            },
            Reading.Plain,
            columns,
            [
                ["1", "", ""],
            ]
        );

        Assert.Equal([1.0, 2.0], live.Ranking);
        Assert.Equal(0.8, live.Interval!.Share);
        Assert.Equal([0.5, 2.0], live.Interval.Low);
        Assert.Equal([1.5, 3.0], live.Interval.High);
        Assert.Null(without.Interval);

        var both = LiveAnswers.Together([live, without]);
        Assert.Equal([1.0, 2.0, 1.0], both.Ranking);
        Assert.Null(both.Interval);
        Assert.Equal([1.5, 3.0, 1.5, 3.0], LiveAnswers.Together([live, live]).Interval!.High);
    }

    [Fact]
    public void Models_that_followed_each_other_are_measured_together_each_by_its_threshold()
    {
        var together = LiveAnswers.Together([Some.Answers([0.4, 0.4], 0.3), Some.Answers([0.4, 0.4], 0.5)]);

        Assert.Equal([1, 1, 0, 0], together.Classes!.Chosen);
        Assert.Equal(0.5, Measures.Of(Metric.Accuracy).Value(together, [1, 0, 1, 0]));
        Assert.Equal(
            Some.Value(Metric.LogLoss, [0.4, 0.4, 0.4, 0.4], Labels, 0.5),
            Measures.Of(Metric.LogLoss).Value(together, Labels)
        );
    }

    [Fact]
    public void Of_classes_the_answer_and_its_probability_are_measured()
    {
        var live = Of(
            new ModelSpec { Task = ModelTask.Multiclass },
            new Reading { Classes = ["a", "b", "c"] },
            [new("predicted", ColumnType.Text, false), new("probability", ColumnType.Double, false)],
            [
                ["c", "0.5"],
                ["a", "0.7"],
                ["gone", "0.4"],
            ],
            asked: ["a", "b", "c"]
        );
        double[] labels = [2, 1, 0];

        Assert.Equal("no probability of each class, but that of the answer alone", Lacks(Metric.LogLoss));
        Assert.All(
            ModelTask.Multiclass.Metrics.Where(metric => metric != Metric.LogLoss),
            metric => Assert.Null(Lacks(metric))
        );
        Assert.Equal(1.0 / 3, Measures.Of(Metric.Accuracy).Value(live, labels), 12);
        Assert.Equal([1.0, 0, 0], LearningTasks.Of(ModelTask.Multiclass).Observed(live, labels)!);
        Assert.Equal([0.5, 0.7, 0.4], live.Ranking);

        string? Lacks(Metric metric) => Measures.Of(metric).Lacks(live);
    }

    [Fact]
    public void Where_each_class_was_published_all_is_measured_as_it_was_answered()
    {
        string[] classes = ["a", "b", "c"];
        var spec = new ModelSpec { Task = ModelTask.Multiclass };
        var task = LearningTasks.Of(ModelTask.Multiclass);
        var reading = new Reading { Classes = classes, Temperature = 1.5 };
        string[] asked = ["a", "b", "c", "unknown"];
        double[] labels = [2, 1, 0, 3];
        double[] scores = [0.2, 0.3, 0.5, 0.6, 0.3, 0.1, 0.4, 0.35, 0.25, 0.1, 0.8, 0.1];
        var answers = task.Answer(spec, new Scores(scores, 3), reading, asked);
        var rows = labels.Select(
            (_, row) => new[] { classes[answers.Classes!.Chosen[row]], Text(answers.Ranking[row]) }
        );
        var live = Of(
            spec,
            reading,
            [new("predicted", ColumnType.Text, false), new("probability", ColumnType.Double, false)],
            [.. rows],
            asked,
            [
                .. labels.Select(
                    (_, row) =>
                        classes
                            .Reverse()
                            .ToDictionary(
                                name => name,
                                name => answers.Classes!.ProbabilityOf(row, Array.IndexOf(classes, name))
                            )
                ),
            ]
        );

        Assert.All(
            ModelTask.Multiclass.Metrics,
            metric =>
            {
                Assert.Null(Measures.Of(metric).Lacks(live));
                Assert.Equal(Measures.Of(metric).Value(answers, labels), Measures.Of(metric).Value(live, labels));
            }
        );
        var together = LiveAnswers.Together([live, live]);
        Assert.Equal(
            Measures.Of(Metric.LogLoss).Value(answers, labels),
            Measures.Of(Metric.LogLoss).Value(together, [.. labels, .. labels]),
            12
        );
    }

    [Theory]
    [InlineData("binary", 0.2)]
    [InlineData("regression", 12.5)]
    [InlineData("multiclass", null)]
    public void The_baseline_is_what_the_card_says(string task, double? value)
    {
        var learning = LearningTasks.All.Single(each => each.Declaration.Name == task);
        var evaluation = Trainyard.Tests.Report.SomeCard.Bike(Some.Start, "train.1").Evaluation with
        {
            BaselineValue = value,
        };
        var constant = learning.BaselineOf(new ModelSpec { Task = learning.Declaration }, evaluation);

        Assert.Equal(value, constant?.Scores.Values[0]);
    }

    [Fact]
    public void What_is_no_number_is_65()
    {
        var fault = Assert.Throws<Fault>(() =>
            Of(
                new ModelSpec { Task = ModelTask.Binary },
                new Reading { Threshold = 0.5 },
                [new("probability", ColumnType.Double, false)],
                [
                    [""],
                ]
            )
        );

        Assert.Equal(
            (
                ExitCode.BadData,
                "A prediction that was published has no number in 'probability', so it cannot be measured. Nothing "
                    + "was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    private static Answers Of(
        ModelSpec spec,
        Reading reading,
        IReadOnlyList<Column> columns,
        IReadOnlyList<string[]> rows,
        IReadOnlyList<string>? asked = null,
        IReadOnlyList<Dictionary<string, double>>? besides = null
    )
    {
        var place = 0;
        var fields = new LiveFields(columns);
        foreach (var row in rows)
        {
            fields.Add(row, besides?[place++] ?? []);
        }

        return LiveAnswers.Of(
            LearningTasks.Of(spec.Task),
            spec,
            reading,
            ["id"],
            fields,
            [.. Enumerable.Range(0, fields.Rows)],
            asked
        );
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
