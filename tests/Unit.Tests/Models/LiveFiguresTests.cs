using System.Globalization;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Live;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>What predictions came to, and when that is an alarm.</summary>
public sealed class LiveFiguresTests
{
    private static readonly Clock NewYork = new() { Zone = "America/New_York" };

    [Theory]
    [InlineData(null, 3)]
    [InlineData("1 hour", 3)]
    [InlineData("24 hours", 3)]
    [InlineData("25 hours", 2)]
    [InlineData("2 days", 2)]
    [InlineData("1 week", 1)]
    public void A_block_is_no_shorter_than_a_local_day_nor_than_labels_look_ahead(string? atLeast, int count)
    {
        // Three days in New York: the first two lie on one day of UTC's.
        DateTimeOffset[] cutoffs =
        [
            Utc("2026-03-02T04:00:00Z"),
            Utc("2026-03-02T05:00:00Z"),
            Utc("2026-03-03T04:59:00Z"),
            Utc("2026-03-03T05:00:00Z"),
        ];
        var blocks = Blocks.OfSpans(cutoffs, NewYork, Span.TryParse(atLeast, out var span) ? span : null);

        Assert.Equal(count, blocks.Count);
        Assert.Equal(blocks.OfRow[1], blocks.OfRow[2]);
        Assert.Equal(count == 3, blocks.OfRow[0] != blocks.OfRow[1] && blocks.OfRow[2] != blocks.OfRow[3]);
    }

    [Fact]
    public void With_fewer_than_twenty_blocks_there_is_no_interval_and_no_alarm()
    {
        var few = Figures(days: 19, observed: 0.9);
        Assert.Equal(
            "No intervals, and so no alarm: only 19 days, and fewer than 20 say too little about chance.",
            few.Intervals
        );
        Assert.False(few.Metric.HasInterval || few.ObservedToExpected!.HasInterval);
        Assert.Empty(LiveAlarm.Of(few, promised: 0.1, new Share(0.1)));

        // 40 days of labels that look at a month are two blocks.
        var months = Figures(days: 40, observed: 0.9, knownAfter: new Span(1, SpanUnit.Month));
        Assert.Equal(
            "No intervals, and so no alarm: only 2 spans of 31 days, and fewer than 20 say too little about chance.",
            months.Intervals
        );
    }

    [Fact]
    public void All_becoming_more_likely_moves_the_ratio_and_not_the_order()
    {
        var (usual, doubled) = (Figures(days: 40, observed: 0.2), Figures(days: 40, observed: 0.4));

        Assert.InRange(usual.ObservedToExpected!.Value, 0.95, 1.05);
        Assert.Equal((0.5, usual.Metric.Value - 0.5), (usual.Baseline!.Value, usual.Gain!.Value));
        Assert.InRange(doubled.ObservedToExpected!.Value, 1.9, 2.1);
        Assert.Empty(LiveAlarm.Of(usual, promised: usual.Metric.Value, new Share(0.1)));
        var alarm = Assert.Single(LiveAlarm.Of(doubled, promised: doubled.Metric.Value, new Share(0.1)));
        Assert.StartsWith("What came true is ", alarm, StringComparison.Ordinal);
        Assert.EndsWith(
            " times what was predicted, on 8,000 predictions; between 0.8 and 1.25 is taken for right.",
            alarm,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Answers_that_do_not_add_up_are_not_held_against_a_sum()
    {
        Assert.Null(Figures(days: 40, observed: 0.4, addUp: false).ObservedToExpected);
        var value = new ModelSpec { Task = ModelTask.Regression };
        Assert.True(AddsUp(value, Metric.Rmse));
        Assert.True(AddsUp(value with { Objective = Aim.Tweedie }, Metric.Mae));
        Assert.False(AddsUp(value, Metric.Mae));
        Assert.False(AddsUp(value with { Objective = Aim.Quantile, Quantile = new Share(0.9) }, Metric.Rmse));
        var weighted = new ModelSpec { Task = ModelTask.Binary, Weights = ClassWeights.Balanced };
        Assert.False(AddsUp(weighted, Metric.Auc));
        Assert.True(AddsUp(weighted with { Calibrate = Calibration.Isotonic }, Metric.Auc));
        Assert.True(AddsUp(weighted with { Weights = ClassWeights.None }, Metric.Auc));

        static bool AddsUp(ModelSpec model, Metric metric) => model.Task.AddsUp(model, metric);
    }

    /// <summary>Odd rows whose labels have come are held against these, whatever decides in training.</summary>
    [Fact]
    public void What_asks_no_label_is_not_measured_by_labels()
    {
        double[] scores = [.. Enumerable.Range(0, 400).Select(row => row % 20 / 20.0)];
        var live = LiveFigures.Of(
            new LiveRows
            {
                Task = LearningTasks.Of(ModelTask.Anomaly),
                Metric = Metric.Flagged,
                Answers = Some.Answers(scores, 0.9),
                AddUp = ModelTask.Anomaly.AddsUp(new ModelSpec { Task = ModelTask.Anomaly }, Metric.Flagged),
                Labels = Array.ConvertAll(scores, score => score > 0.8 ? 1.0 : 0),
                Cutoffs = [.. scores.Select((_, row) => Some.Start.AddDays(row / 10))],
                Clock = new Clock(),
            },
            seed: 1,
            threads: 2,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(Metric.Auc, live.Measured);
        Assert.Equal(1, live.Metric.Value);
        Assert.Null(live.ObservedToExpected);
        Assert.Equal("Not share flagged, for that says nothing of labels; AUC instead.", live.Instead);
    }

    [Theory]
    [InlineData(0.5, 0.48, 0.52, 0.55, false)]
    [InlineData(0.5, 0.48, 0.52, 0.6, true)]
    [InlineData(0.5, 0.48, 0.545, 0.6, false)]
    public void An_alarm_needs_the_whole_interval_beyond_the_room(
        double value,
        double low,
        double high,
        double promised,
        bool isWorse
    )
    {
        var live = new LiveFigures
        {
            Rows = 1,
            Measured = Metric.Auc,
            Metric = new Estimate(value, low, high),
            Intervals = "",
        };
        string[] expected = isWorse
            ?
            [
                "AUC is 0.500 (0.480 to 0.520) on 1 prediction, more than 10% worse than the 0.600 that the holdout "
                    + "promised.",
            ]
            : [];
        Assert.Equal(expected, LiveAlarm.Of(live, promised, new Share(0.1)));

        // Where lower is better it is the other end.
        Assert.Equal(
            isWorse,
            LiveAlarm
                .Of(
                    live with
                    {
                        Measured = Metric.LogLoss,
                        Metric = new Estimate(1 - value, 1 - high, 1 - low),
                    },
                    isWorse ? 0.4 : 0.45,
                    new Share(0.1)
                )
                .Any()
        );
        Assert.Empty(LiveAlarm.Of(live, promised: null, new Share(0.1)));
    }

    [Fact]
    public void Models_promise_together_by_the_rows_that_they_answered()
    {
        Assert.Equal(0.675, LiveAlarm.Promised([(0.6, 100), (0.7, 300)])!.Value, 12);
        Assert.Null(LiveAlarm.Promised([(0.6, 100), (null, 1)]));
        Assert.Null(LiveAlarm.Promised([]));
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>200 rows a day, predicted at 0.1 and 0.3, of which as many came true as observed says.</summary>
    private static LiveFigures Figures(int days, double observed, Span? knownAfter = null, bool addUp = true)
    {
        const int RowsADay = 200;
        var random = new Random(3);
        var predictions = new double[days * RowsADay];
        var labels = new double[predictions.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            predictions[row] = row % 2 == 0 ? 0.1 : 0.3;
            labels[row] = random.NextDouble() < predictions[row] * observed / 0.2 ? 1 : 0;
        }

        return LiveFigures.Of(
            new LiveRows
            {
                Task = LearningTasks.Of(ModelTask.Binary),
                Metric = Metric.Auc,
                Baseline = Some.Answers([.. Enumerable.Repeat(0.2, labels.Length)], 0.5),
                Answers = Some.Answers(predictions, 0.5),
                AddUp = addUp,
                Labels = labels,
                Cutoffs = [.. labels.Select((_, row) => Some.Start.AddDays(row / RowsADay))],
                Clock = new Clock(),
                KnownAfter = knownAfter,
            },
            seed: 1,
            threads: 2,
            TestContext.Current.CancellationToken
        );
    }
}
