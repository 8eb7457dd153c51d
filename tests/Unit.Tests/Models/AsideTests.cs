using Trainyard.Learning.Gates;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>What the gate tells beside its verdict.</summary>
public sealed class AsideTests
{
    private static readonly Evaluation Good = Some.Evaluation(
        Some.Metric("mape"),
        new(0.2, 0.19, 0.21),
        0.4,
        new(0.2, 0.19, 0.21)
    );

    [Fact]
    public void Nothing_is_told_where_all_is_as_it_should_be() =>
        Assert.EndsWith(
            "so the baseline decides.",
            Reason(Good with { Coverage = Held(0.78, 0.74, 0.82) }),
            StringComparison.Ordinal
        );

    [Fact]
    public void An_interval_that_does_not_hold_what_it_promises_is_told() =>
        Assert.EndsWith(
            "Intervals that were to hold 80.0 % of the labels held 70.0 % of the holdout's (66.0 % to 74.0 %, from 28 "
                + "days), which is not explained by chance.",
            Reason(Good with { Coverage = Held(0.7, 0.66, 0.74) }),
            StringComparison.Ordinal
        );

    [Fact]
    public void Rows_that_the_deciding_metric_leaves_out_are_told_and_those_of_others_are_not()
    {
        var leftOut = new Dictionary<string, string> { ["mape"] = "3 rows of 80 whose label is 0" };

        Assert.EndsWith(
            "MAPE leaves out 3 rows of 80 whose label is 0.",
            Reason(Good with { LeftOut = leftOut }),
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "so the baseline decides.",
            Reason(Good with { LeftOut = new Dictionary<string, string> { ["other"] = "3 rows" } }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_constraint_that_does_not_hold_is_told() =>
        Assert.EndsWith(
            "The constraints on x do not hold everywhere: the report has how often.",
            Reason(Good with { Constraints = [new("x", true, 100, 2, 1, 2), new("y", true, 100, 0, 1, 2)] }),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_column_that_is_the_baseline_is_named() =>
        Assert.StartsWith(
            "MAPE is 0.200 (0.190 to 0.210), against the column last_week's 0.400: better by 0.200",
            Reason(Good with { BaselineColumn = "last_week" }),
            StringComparison.Ordinal
        );

    private static Coverage Held(double value, double low, double high) =>
        new()
        {
            Asked = 0.8,
            Held = new Estimate(value, low, high),
            Below = 0.1,
            Above = 0.1,
            MeanWidth = 1,
            Blocks = "28 days",
        };

    private static string Reason(Evaluation evaluation) =>
        Gate.Decide(
            new GateCase
            {
                Spec = new GateSpec(),
                Task = Some.Task("regression"),
                Evaluation = evaluation,
                NoChampionBecause = "There is no champion, so the baseline decides.",
                Command = "trainyard promote",
            }
        ).Reason;
}
