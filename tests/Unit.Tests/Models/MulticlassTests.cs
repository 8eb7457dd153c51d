using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Learning.Tasks.Multiclass;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

public sealed class MulticlassTests
{
    private static readonly string[] Classes = ["a", "b", "c"];

    /// <summary>Six rows: a, a, b, b, c, and d, which no model here has learned.</summary>
    private static readonly string[] Asked = ["a", "b", "c", "d"];

    private static readonly double[] Labels = [0, 0, 1, 1, 2, 3];

    private static readonly double[][] Rows =
    [
        [0.7, 0.2, 0.1],
        [0.2, 0.5, 0.3],
        [0.1, 0.8, 0.1],
        [0.25, 0.45, 0.3],
        [0.1, 0.1, 0.8],
        [0.9, 0.05, 0.05],
    ];

    private static ITask Task => LearningTasks.Of(ModelTask.Multiclass);

    /// <summary>As scikit-learn has them of answers a, b, b, b, c, a for labels a, a, b, b, c, d.</summary>
    [Theory]
    [InlineData("accuracy", 4.0 / 6)]
    [InlineData("balanced_accuracy", (0.5 + 1 + 1 + 0) / 4)]
    [InlineData("macro_f1", (0.5 + 0.8 + 1 + 0) / 4)]
    [InlineData("mcc", 0.543557306505)]
    [InlineData("cost", 2.0 / 6)]
    public void A_metric_of_six_rows_is_the_known_one(string metric, double expected) =>
        Assert.Equal(expected, Measures.Of(Some.Metric(metric)).Value(Answer(), Labels), 9);

    [Fact]
    public void A_class_that_was_not_learned_has_the_least_probability_in_the_log_loss()
    {
        double[] given = [0.7, 0.2, 0.8, 0.45, 0.8];
        var expected = (given.Sum(probability => -Math.Log(probability)) - Math.Log(1e-6)) / 6;

        Assert.Equal(expected, Measures.Of(Metric.LogLoss).Value(Answer(), Labels), 5);
    }

    [Fact]
    public void No_class_is_impossible_and_all_add_up_to_one()
    {
        var certain = Probabilities.Of(new Scores([1, 0, 0, 0.3, 0.3, 0.4], 3), 1);

        Assert.True(certain.Values.Min() >= 1e-6);
        Assert.Equal(1, certain.Row(0).ToArray().Sum(), 12);
        Assert.Equal(1, certain.Row(1).ToArray().Sum(), 12);
        Assert.Equal(0.4, certain.Values[5], 5);

        // Also where nothing but certainty is left of them.
        Assert.Equal(1, Probabilities.Of(new Scores([1, 1e-320, 0], 3), 0.05).Values.Sum(), 12);
    }

    [Fact]
    public void Under_costs_the_answer_of_least_expected_cost_is_given()
    {
        var costs = Costs(("c", "b", 5));

        var answers = Answer(costs);

        // Where c has 0.3, to answer b is expected to cost 1.5 and more, and to answer c at most 0.7.
        Assert.Equal([0, 2, 1, 2, 2, 0], answers.Classes!.Chosen);
        Assert.Equal(3.0 / 6, Measures.Of(Some.Metric("cost")).Value(answers, Labels), 9);
        Assert.Equal(5, answers.Classes.CostOf(2, 1));
    }

    [Fact]
    public void Another_model_is_held_against_the_same_labels_whatever_classes_it_knows()
    {
        var reading = new Reading { Classes = ["z", "d", "b"] };

        var answers = Task.Answer(Spec(null), new Scores([0.6, 0.3, 0.1, 0.1, 0.8, 0.1], 3), reading, Asked);

        Assert.Equal([4, 3], answers.Classes!.Chosen);
        Assert.Equal(0.3, answers.Classes.ProbabilityOf(0, 3), 5);
        Assert.Equal(0.1, answers.Classes.ProbabilityOf(0, 1), 5);
        Assert.Equal(1e-6, answers.Classes.ProbabilityOf(0, 0));
    }

    [Fact]
    public void The_baseline_gives_each_class_its_share_and_answers_what_costs_least()
    {
        var learned = new Labels([0, 0, 0, 1, 2], Classes);

        var most = Task.Baseline(Of(Spec(null)), learned)!;
        var cheapest = Task.Baseline(Of(Spec(Costs(("c", "a", 20), ("c", "b", 20)))), learned)!;

        Assert.Equal([0.6, 0.2, 0.2], most.Scores.Values, (one, other) => Math.Abs(one - other) < 1e-12);
        Assert.Equal("the classes' shares and so 'a'", most.Text);
        Assert.Equal("the classes' shares and so 'c'", cheapest.Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2.5)]
    [InlineData(0.4)]
    public void The_temperature_is_found_by_which_a_model_is_too_sure(double temperature)
    {
        var random = new Random(5);
        var (scores, labels) = (new double[30_000], new double[10_000]);
        for (var row = 0; row < labels.Length; row++)
        {
            double[] raw = [random.NextDouble() * 3, random.NextDouble() * 3, random.NextDouble() * 3];
            var honest = Softmax(raw);
            var draw = random.NextDouble();
            labels[row] =
                draw < honest[0] ? 0
                : draw < honest[0] + honest[1] ? 1
                : 2;
            Softmax([.. raw.Select(score => score * temperature)]).CopyTo(scores.AsSpan(row * 3));
        }

        Assert.InRange(Temperature.Of(new Scores(scores, 3), labels) / temperature, 0.92, 1.08);
    }

    [Fact]
    public void Answers_that_were_all_right_on_validation_are_no_certainties()
    {
        var temperature = Temperature.Of(new Scores([0.9, 0.1, 0.2, 0.8, 0.9, 0.1], 2), [0, 1, 0]);

        Assert.InRange(temperature, 0.3, 3);
    }

    [Fact]
    public void Validation_decides_the_temperature_and_the_model_knows_what_it_has_learned()
    {
        var lesson = new Lesson
        {
            Encoder = new Encoder { Columns = [] },
            Rows = new EncodedRows(6, []),
            Targets = new Targets([0, 0, 1, 1, 2, 2]),
            Known = [],
            Learned = [],
            Objective = new Objective(Loss.Softmax, Loss.Softmax, Classes.Length),
            Threads = 1,
        };
        var labels = new Labels([0, 0, 1, 1, 2, 2], Classes);
        var spec = Spec(null) with { Calibrate = Calibration.Temperature };

        var validated = new Validated(
            lesson,
            [0, 1, 2, 3, 4],
            () => new Scores([.. Rows[..5].SelectMany(row => row)], Classes.Length)
        );

        var tuned = Task.Tune(spec, null!, validated, labels, CancellationToken.None);

        Assert.Equal(3, lesson.Objective.Width);
        Assert.Equal(Loss.Softmax, lesson.Objective.Learns);
        Assert.Equal(Classes, tuned.Reading.Classes);
        Assert.NotNull(tuned.Reading.Temperature);
        Assert.Null(Task.Tune(Spec(null), null!, validated, labels, CancellationToken.None).Reading.Temperature);
    }

    [Fact]
    public void What_is_shown_counts_and_names_rows_of_classes_that_were_not_learned()
    {
        var evaluation = Task.Tell(
            Some.Evaluation(Metric.LogLoss, new Estimate(1, null, null), 1, new Estimate(0, null, null)),
            new AnsweredRows
            {
                Frame = new Frame
                {
                    Rows = Labels.Length,
                    Columns = [],
                    Labels = new Labels(Labels, Asked),
                    Cutoffs = [],
                    Keys = [],
                },
                Rows = [.. Enumerable.Range(0, Labels.Length)],
                Answers = Answer(),
                Learned = [],
                Answer = _ => throw new InvalidOperationException("Nobody asks."),
            }
        );

        var matrix = Assert.IsType<MatrixExhibit>(evaluation.Exhibits![0]);
        Assert.Equal(["a", "b", "c", "d (not learned)"], matrix.DownNames);
        Assert.Equal([1, 1, 0, 0], matrix.Values[0]);
        Assert.Equal([1, 0, 0, 0], matrix.Values[3]);
        var table = Assert.IsType<TableExhibit>(evaluation.Exhibits[1]);
        Assert.Equal([2, 3, 2.0 / 3, 1, 0.8], table.Rows[1].Values);
        var unseen = evaluation.Facts!.Single(fact => fact.Label == "Not learned");
        Assert.Equal("1\u00a0row", unseen.Value);
        Assert.StartsWith(
            "Of the holdout, of classes that no row to learn from had: 'd' (1).",
            unseen.Note,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_class_in_the_costs_that_no_row_has_is_65_and_so_is_a_label_that_is_no_class()
    {
        var definition = Some.Definition(ModelTask.Multiclass);
        var costly = definition with { Model = definition.Model with { Cost = Costs(("a", "bb", 2)) } };
        string[] many = [.. Enumerable.Range(0, 1001).Select(each => $"{each}")];

        Assert.Equal(
            "model.cost names the class 'bb', which no row has: those of 'label' are 'a', 'b', 'c'. Nothing was "
                + "changed.",
            Assert.Throws<Fault>(() => Task.LabelsOf(costly, new Labels([0], Classes))).Message
        );
        Assert.StartsWith(
            "The label 'label' has 1,001 values, and a label can be one of 1,000 classes at most.",
            Assert.Throws<Fault>(() => Task.LabelsOf(definition, new Labels([], many))).Message,
            StringComparison.Ordinal
        );
    }

    private static Answers Answer(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? costs = null) =>
        Task.Answer(
            Spec(costs),
            new Scores([.. Rows.SelectMany(row => row)], 3),
            new Reading { Classes = Classes, Costs = costs },
            Asked
        );

    private static Definition Of(ModelSpec spec) => Some.Definition(ModelTask.Multiclass) with { Model = spec };

    private static ModelSpec Spec(IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>>? costs) =>
        new() { Task = ModelTask.Multiclass, Cost = costs };

    private static Dictionary<string, IReadOnlyDictionary<string, double>> Costs(
        params (string Actual, string Answer, double Cost)[] costs
    ) =>
        costs
            .GroupBy(each => each.Actual)
            .ToDictionary(
                group => group.Key,
                group => (IReadOnlyDictionary<string, double>)group.ToDictionary(each => each.Answer, each => each.Cost)
            );

    private static double[] Softmax(double[] raw)
    {
        double[] powers = [.. raw.Select(Math.Exp)];
        return [.. powers.Select(power => power / powers.Sum())];
    }
}
