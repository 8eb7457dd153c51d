using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks.Regression;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

/// <summary>What a value can be measured by, and the constant that is best in it.</summary>
public sealed class RegressionMetricsTests
{
    private static readonly double[] Labels = [3, 0, 2, 8];

    // The means of 0.5/3, 0/2 and 1/8, and of 0.5, 0.5, 0 and 1 by their side; the last as scikit-learn has it.
    [Theory]
    [InlineData("mape", null, 0.0972222222)]
    [InlineData("pinball", 0.9, 0.15)]
    [InlineData("pinball", 0.5, 0.25)]
    [InlineData("poisson_deviance", null, 0.3023501926)]
    public void A_metric_of_four_rows_is_the_known_one(string metric, double? level, double expected) =>
        Assert.Equal(expected, Measures.Of(Some.Metric(metric)).Value(Of([2.5, 0.5, 2, 9], level), Labels), 9);

    [Fact]
    public void Labels_of_zero_have_no_share_and_are_counted()
    {
        var mape = Measures.Of(Some.Metric("mape"));

        Assert.Equal(0.5, mape.Value(Of([5, 1]), [0, 2]));
        Assert.Equal(double.NaN, mape.Value(Of([5, 1]), [0, 0]));
        Assert.Equal("1\u00a0row of 2 whose label is 0", mape.LeavesOut([0, 2]));
        Assert.Null(mape.LeavesOut([1, 2]));
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, -1)]
    [InlineData(1, 0)]
    public void Counts_below_zero_and_answers_not_above_it_have_no_deviance(double label, double answer) =>
        Assert.Equal(double.NaN, Measures.Of(Some.Metric("poisson_deviance")).Value(Of([answer]), [label]));

    [Fact]
    public void A_label_outside_its_interval_costs_its_distance_over_half_of_what_may_lie_there()
    {
        var answers = Of([5, 5, 5]) with { Interval = new AnsweredInterval([4, 4, 4], [6, 6, 6], 0.8) };
        var score = Measures.Of(Some.Metric("interval_score"));

        // The width of 2, and 10 for each unit below or above: Winkler's with an alpha of 0.2.
        Assert.Equal(2, score.Value(answers, [5, 4, 6]), 12);
        Assert.Equal(2 + (10 * (1 + 0.5) / 3), score.Value(answers, [3, 5, 6.5]), 12);
        Assert.Equal(double.NaN, score.Value(Of([5, 5, 5]), [5, 5, 5]));
        Assert.Equal("no interval", score.Lacks(Of([5])));
    }

    [Fact]
    public void What_needs_a_level_or_an_interval_is_left_out_without_it()
    {
        var task = Learning.Tasks.LearningTasks.Of(Some.Task("regression"));

        Assert.Equal(
            ["mae", "mape", "poisson_deviance", "r2", "rmse"],
            Measures.OfTask(task, Of([2.5, 0.5, 2, 8]), Labels).Keys.Order()
        );
        Assert.Contains("pinball", Measures.OfTask(task, Of([2.5, 0.5, 2, 8], 0.9), Labels).Keys);
    }

    [Theory]
    [InlineData(0.5, 2)]
    [InlineData(0.75, 3)]
    [InlineData(0.76, 100)]
    [InlineData(0.01, 1)]
    public void The_best_constant_of_a_quantile_is_the_quantile(double level, double expected) =>
        Assert.Equal(expected, BestConstant.Of(Loss.Quantile(level), [3, 1, 100, 2]));

    [Fact]
    public void The_best_constant_is_that_of_the_metric()
    {
        double[] labels = [0, 1, 1, 10, 100];

        Assert.Equal(22.4, BestConstant.Of(Loss.Squared, labels), 12);
        Assert.Equal(22.4, BestConstant.Of(Loss.Poisson, labels), 12);
        Assert.Equal(1, BestConstant.Of(Loss.Absolute, labels));
        Assert.Equal(1, BestConstant.Of(Loss.Absolute, [1, 10, 100, 100, 100], Some.Metric("mape").Weigh));
    }

    private static Answers Of(double[] values, double? level = null) =>
        new()
        {
            Scores = new Scores(values, 1),
            Ranking = values,
            Quantile = level,
        };
}
