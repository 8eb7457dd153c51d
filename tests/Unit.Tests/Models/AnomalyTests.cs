using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks.Anomaly;
using Trainyard.Models;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>A task that may have a label to be measured by, and learns none.</summary>
public sealed class AnomalyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0.2, 8.5)]
    [InlineData(0.1, 9.5)]
    [InlineData(0.25, 8.5)]
    [InlineData(0.5, 5.5)]
    public void As_many_are_flagged_as_were_asked_for(double share, double line) =>
        Assert.Equal(line, FlagLine.Of([3, 1, 2, 10, 9, 8, 7, 6, 5, 4], share));

    [Fact]
    public void Of_equal_scores_none_is_flagged_and_of_less_than_a_row_neither()
    {
        Assert.Equal(2.5, FlagLine.Of([1, 2, 2, 2, 3, 3], 0.5));
        Assert.True(FlagLine.Of([3, 3, 3, 1], 0.5) > 3);
        Assert.True(FlagLine.Of([1, 2], 0.01) > 2);
    }

    [Fact]
    public void Without_a_label_what_is_flagged_is_all_that_is_measured()
    {
        var evaluation = Measured(
            Definition(label: null, Metric.Flagged),
            Some.Frame() with
            {
                Labels = Labels.Unknown(2400),
            }
        );

        Assert.Null(evaluation.Baseline);
        Assert.Equal(["flagged"], evaluation.Model.Metrics.Keys);
        Assert.InRange(evaluation.Model.Metric.Value, 0, 0.1);
        Assert.Null(evaluation.Roc);
        Assert.Equal("Flagged from", evaluation.Facts![0].Label);
    }

    [Fact]
    public void With_a_label_for_some_rows_those_measure_and_all_are_learned()
    {
        var frame = Some.Frame();
        var labels = Array.ConvertAll(
            frame.Labels.Values.Index().ToArray(),
            each => each.Index % 3 == 0 ? double.NaN : each.Item
        );
        var definition = Definition(new LabelSpec { Column = "label", KnownAfter = Span.Days(2) }, Metric.Auc);
        var some = frame with { Labels = new Labels(labels) };
        var split = SplitOf(definition, some);

        var evaluation = Measured(definition, some);

        Assert.DoesNotContain(split.Holdout, row => double.IsNaN(labels[row]));
        Assert.NotEmpty(split.Unlabelled);
        Assert.All(split.Unlabelled, row => Assert.True(double.IsNaN(labels[row])));
        Assert.Contains(split.Fit, row => double.IsNaN(labels[row]));
        Assert.Equal(0.5, evaluation.Baseline!.Metrics["auc"]);
        Assert.InRange(evaluation.Model.Metrics["auc"], 0.3, 0.9);
        Assert.NotEmpty(evaluation.Roc!);
        Assert.NotNull(evaluation.LabelMean);
        Assert.Null(evaluation.Reliability);
    }

    /// <summary>One of two rows with a label, and one of three without.</summary>
    [Fact]
    public void What_is_flagged_is_a_share_of_all_rows_be_their_label_known_or_not()
    {
        var answers = Some.Answers([0.2, 0.9], 0.5) with { Counted = 1 };

        var told = new AnomalyTask().Tell(
            Some.Evaluation(Metric.Auc, new Estimate(0.9, null, null), 0.5, new Estimate(0.4, null, null)),
            new AnsweredRows
            {
                Frame = Some.Frame() with { Labels = new Labels([0, 1, double.NaN, double.NaN, double.NaN]) },
                Rows = [0, 1],
                Unlabelled = [2, 3, 4],
                Answers = answers,
                Learned = [],
                Answer = rows => answers with { Counted = rows.Length - 2 },
            }
        );

        Assert.Equal(0.4, told.Model.Metrics["flagged"]);
        Assert.EndsWith($" of the holdout it is {Formats.Share(2, 5)}.", told.Facts![0].Note, StringComparison.Ordinal);
    }

    /// <summary>Of small tables a row or two more are chance; that there are more is no worse, and no better.</summary>
    [Theory]
    [InlineData(0, 3, true)]
    [InlineData(3, 0, true)]
    [InlineData(0, 4, false)]
    [InlineData(4, 8, true)]
    public void The_fit_that_answers_flags_about_as_many(int measured, int served, bool isWithin)
    {
        var answers = Some.Answers(new double[100], 0.5);

        var held = ServedCheck.Of(
            new AnomalyTask(),
            Measures.Of(Metric.Flagged),
            Some.Evaluation(Metric.Flagged, new Estimate(0, 0, 0), 0, new Estimate(0, null, null)),
            answers with
            {
                Counted = measured,
            },
            answers with
            {
                Counted = served,
            },
            Labels.Unknown(100)
        );

        Assert.Equal(isWithin, Assert.Single(held).IsWithin);
    }

    private static Evaluation Measured(Definition definition, Frame frame)
    {
        var split = SplitOf(definition, frame);
        var trained = Training.Run(definition, frame, split, threads: 2, _ => { }, Cancel);
        return new Evaluator(definition, resample: null, frame, split, trained, threads: 2, Cancel).Evaluate();
    }

    private static Split SplitOf(Definition definition, Frame frame) =>
        Split.Of(definition, frame, Some.Start.AddDays(59));

    private static Definition Definition(LabelSpec? label, Metric metric) =>
        Some.Definition() with
        {
            Label = label,
            Metric = metric,
            Model = new ModelSpec
            {
                Task = ModelTask.Anomaly,
                Flag = new Share(0.02),
                Options = new IsolationForestOptions { Trees = 50 },
                Split = Some.Definition().Model.Split,
            },
        };
}
