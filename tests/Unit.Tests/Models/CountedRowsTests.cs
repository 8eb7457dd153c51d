using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Steps.Score;
using Trainyard.Tests.Report;

namespace Trainyard.Tests.Models;

public sealed class CountedRowsTests
{
    [Theory]
    [InlineData(2, 30)]
    [InlineData(60, 1000)]
    [InlineData(0, 1000)]
    [InlineData(0, 0)]
    public void As_many_as_a_model_may_flag_and_what_chance_adds_are_no_news(long flagged, long rows) =>
        Assert.Null(CountedRows.Warning(Summary(flagged, rows), Card(ModelTask.Anomaly), new GateSpec()));

    [Fact]
    public void More_are_told_with_what_was_expected()
    {
        Assert.Equal(
            "70 of 1,000 rows are anomalous, 7.0 %: of the holdout of training 5.0 % may be (gate.flagged_at_most), "
                + "and it was 1.2 %. Look at the inputs in the report, and train again if the world has moved. The run "
                + "goes on.",
            CountedRows.Warning(Summary(70, 1000), Card(ModelTask.Anomaly), new GateSpec())
        );
        Assert.Null(
            CountedRows.Warning(
                Summary(70, 1000),
                Card(ModelTask.Anomaly),
                new GateSpec { FlaggedAtMost = new Share(0.2) }
            )
        );
    }

    [Fact]
    public void What_has_no_such_limit_is_not_held_against_one() =>
        Assert.Null(CountedRows.Warning(Summary(900, 1000), Card(ModelTask.Binary), new GateSpec()));

    private static ScoreSummary Summary(long flagged, long rows) =>
        new()
        {
            Format = 2,
            Model = "train.1",
            Rows = rows,
            Positives = flagged,
            Hindsight = 0,
            PredictedAt = Some.Start,
            Inputs = [],
            Highest = [],
        };

    private static Card Card(ModelTask task)
    {
        var card = SomeCard.Flights(Some.Start, "train.1");
        var measured = card.Evaluation.Model with { Metrics = new Dictionary<string, double> { ["flagged"] = 0.012 } };
        return card with { Definition = Some.Definition(task), Evaluation = card.Evaluation with { Model = measured } };
    }
}
