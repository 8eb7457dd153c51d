using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Splits;
using Trainyard.Learning.Tasks;
using Trainyard.Models;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

/// <summary>What a value is of the labels it may meet.</summary>
public sealed class ObjectiveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, Aim?, Loss, Loss> Objectives =>
        new()
        {
            { "rmse", null, Loss.Squared, Loss.Squared },
            { "r2", null, Loss.Squared, Loss.Squared },
            { "interval_score", null, Loss.Squared, Loss.Squared },
            { "mae", null, Loss.Absolute, Loss.Absolute },
            { "mape", null, Loss.Absolute, Loss.Absolute },
            { "pinball", null, Loss.Quantile(0.9), Loss.Quantile(0.9) },
            { "poisson_deviance", null, Loss.Poisson, Loss.Poisson },
            { "mae", Aim.Mean, Loss.Squared, Loss.Absolute },
            { "rmse", Aim.Median, Loss.Absolute, Loss.Absolute },
            { "rmse", Aim.Tweedie, Loss.Tweedie(1.5), Loss.Tweedie(1.5) },
            { "poisson_deviance", Aim.Tweedie, Loss.Tweedie(1.5), Loss.Poisson },
            { "poisson_deviance", Aim.Mean, Loss.Squared, Loss.Squared },
        };

    [Theory]
    [MemberData(nameof(Objectives))]
    public void What_is_learned_is_what_is_best_in_the_metric_unless_the_spec_says_otherwise(
        string metric,
        Aim? aim,
        Loss learns,
        Loss watches
    )
    {
        var objective = Task.PartsOf(Of(metric, aim))[0].Objective;

        Assert.Equal((learns, watches), (objective.Learns, objective.Watches));
    }

    [Theory]
    [InlineData("mae", 0.5)]
    [InlineData("pinball", 0.9)]
    public void So_many_labels_lie_below_what_is_learned(string metric, double level)
    {
        var (frame, values) = Learn(Of(metric, null), Some.Frame(task: Some.Task("regression")));

        var below = values.Zip(frame.Labels.Values).Average(row => row.Second < row.First ? 1 : 0);
        Assert.InRange(below, level - 0.08, level + 0.08);
    }

    [Theory]
    [InlineData(Aim.Poisson)]
    [InlineData(Aim.Tweedie)]
    public void Counts_are_answered_above_zero(Aim aim)
    {
        var some = Some.Frame(task: Some.Task("regression"));
        var counts = some with
        {
            Labels = new Labels([.. some.Labels.Values.Select(label => Math.Max(0, Math.Floor(label * 2)))]),
        };

        var (_, values) = Learn(Of("rmse", aim), counts);

        Assert.True(values.Min() > 0);
        Assert.InRange(values.Average() / counts.Labels.Values.Average(), 0.9, 1.1);
    }

    [Fact]
    public void Labels_below_zero_are_no_counts()
    {
        var some = Some.Frame(task: Some.Task("regression"));

        var fault = Assert.Throws<Fault>(() =>
            Learn(Of("rmse", Aim.Poisson), some with { Labels = new Labels([.. some.Labels.Values.Select(_ => -3.0)]) })
        );

        Assert.Equal(
            (
                ExitCode.BadData,
                "A label is -3, and the objective poisson learns labels from 0 on. Mend the rows, or name another "
                    + "model.objective. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public void The_baseline_is_a_forecast_and_where_that_is_silent_the_constant()
    {
        var definition = Of("mae", null);
        var some = Some.Frame(task: Some.Task("regression"));
        var split = Split.Of(definition, some, Some.Start.AddDays(59));
        var silent = split.Holdout[0];
        var frame = some with
        {
            Forecasts = [.. some.Labels.Values.Select((label, row) => row == silent ? double.NaN : label + 0.25)],
        };
        var trained = Training.Run(definition, frame, split, 2, _ => { }, Cancel);

        var evaluation = new Evaluator(definition, null, frame, split, trained, 2, Cancel).Evaluate();

        var constant = new Evaluator(definition, null, some, split, trained, 2, Cancel).Evaluate();
        var others = 0.25 * (split.Holdout.Length - 1);
        Assert.Equal(
            (others + Math.Abs(constant.BaselineValue!.Value - some.Labels[silent])) / split.Holdout.Length,
            evaluation.Baseline!.Metric.Value,
            9
        );
        Assert.Equal(constant.BaselineValue, evaluation.BaselineValue);
        Assert.NotEqual(constant.Baseline!.Metric.Value, evaluation.Baseline!.Metric.Value);
    }

    private static ITask Task => LearningTasks.Of(Some.Task("regression"));

    private static Definition Of(string metric, Aim? aim)
    {
        var definition = Some.Definition(Some.Task("regression")) with { Metric = Some.Metric(metric) };
        return definition with
        {
            Model = definition.Model with { Objective = aim, Quantile = metric == "pinball" ? new Share(0.9) : null },
        };
    }

    private static (Frame Frame, double[] Values) Learn(Definition definition, Frame frame)
    {
        var split = Split.Of(definition, frame, Some.Start.AddDays(59));
        var trained = Training.Run(definition, frame, split, 2, _ => { }, Cancel);
        return (frame, trained.Model.Predict(frame, 2, Cancel).Values);
    }
}
