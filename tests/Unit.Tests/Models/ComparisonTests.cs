using Trainyard.Learning.Evaluating;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

public sealed class ComparisonTests
{
    private const int Days = 40;
    private const int RowsADay = 50;

    [Fact]
    public void The_same_seed_gives_the_same_intervals_on_any_number_of_threads()
    {
        var (predictions, labels, byDay, _) = Sample();

        var one = Compare(predictions, labels, byDay, threads: 1);
        var again = Compare(predictions, labels, byDay, threads: 4);

        Assert.Equal(one.Estimates, again.Estimates);
        Assert.Equal(one.Gains, again.Gains);
        Assert.Equal("95 % intervals from 1,000 paired resamples of 40 whole cutoffs, seed 1.", one.Intervals);
    }

    [Fact]
    public void Whole_days_give_a_wider_interval_than_rows_where_the_rows_of_a_day_are_alike()
    {
        var (predictions, labels, byDay, byRow) = Sample();

        var days = Compare(predictions, labels, byDay).Estimates[0];
        var rows = Compare(predictions, labels, byRow).Estimates[0];

        Assert.True(days.High - days.Low > 2 * (rows.High - rows.Low), $"{days} {rows}");
        Assert.InRange(rows.Value, rows.Low!.Value, rows.High!.Value);
    }

    [Fact]
    public void A_model_compared_with_itself_gains_exactly_nothing()
    {
        var (predictions, labels, byDay, _) = Sample();

        var gain = Some.Compare(
            Metric.LogLoss,
            [Some.Answers(predictions, 0.5), Some.Answers(predictions, 0.5)],
            labels,
            byDay,
            1,
            2,
            TestContext.Current.CancellationToken
        ).Gains[0];

        Assert.Equal((0, 0, 0), (gain.Value, gain.Low, gain.High));
    }

    [Fact]
    public void A_gain_is_positive_when_better_also_where_lower_is_better()
    {
        var (predictions, labels, byDay, _) = Sample();
        var baseline = Enumerable.Repeat((double)labels.Average(), labels.Length).ToArray();

        var gain = Some.Compare(
            Metric.Brier,
            [Some.Answers(predictions, 0.5), Some.Answers(baseline, 0.5)],
            labels,
            byDay,
            1,
            2,
            TestContext.Current.CancellationToken
        ).Gains[0];

        Assert.True(0 < gain.Low && gain.Low < gain.Value && gain.Value < gain.High, gain.ToString());
    }

    [Fact]
    public void At_a_threshold_each_is_judged_by_its_own()
    {
        var (predictions, labels, byDay, _) = Sample();
        double[] lower = [.. predictions.Select(prediction => prediction - 0.3)];

        var comparison = Some.Compare(
            Metric.Accuracy,
            [Some.Answers(predictions, 0.5), Some.Answers(lower, 0.2), Some.Answers(lower, 0.5)],
            labels,
            byDay,
            1,
            2,
            TestContext.Current.CancellationToken
        );

        // The same answers at thresholds that lie as the answers do; at the other's threshold they are others.
        Assert.Equal(0, comparison.Gains[0].Value);
        Assert.True(comparison.Gains[1].Low > 0, comparison.Gains[1].ToString());
    }

    [Fact]
    public void An_interval_that_cannot_be_computed_is_NaN_not_missing()
    {
        // The square of one label is infinite, and that label is in two of three resamples.
        var blocks = new Blocks(Resample.Row, [.. Enumerable.Range(0, 40)], 40);
        double[] labels = [double.MaxValue, .. Enumerable.Repeat(0.0, 39)];

        var comparison = Some.Compare(
            Metric.Rmse,
            [Some.Answers(new double[40], 0), Some.Answers(labels, 0)],
            labels,
            blocks,
            1,
            1,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(double.PositiveInfinity, comparison.Estimates[0].Value);
        Assert.True(double.IsNaN(comparison.Gains[0].Low!.Value));
        Assert.False(comparison.Gains[0].HasInterval);
    }

    [Fact]
    public void Nothing_has_no_sign()
    {
        var (predictions, labels, byDay, _) = Sample();
        var itself = Some.Answers(predictions, 0.5);

        var gain = Some.Compare(
            Metric.Brier,
            [itself, itself],
            labels,
            byDay,
            1,
            1,
            TestContext.Current.CancellationToken
        ).Gains[0];

        Assert.DoesNotContain(new[] { gain.Value, gain.Low!.Value, gain.High!.Value }, double.IsNegative);
    }

    [Fact]
    public void Under_20_blocks_there_is_no_interval()
    {
        var few = Some.Compare(
            Metric.Rmse,
            [Some.Answers([1, 2], 0), Some.Answers([1, 1], 0)],
            [1, 2],
            new Blocks(Resample.Cutoff, [0, 0], 1),
            1,
            1,
            TestContext.Current.CancellationToken
        );

        Assert.Equal(
            "No intervals: only 1 cutoff, and fewer than 20 say too little about chance. The points decide.",
            few.Intervals
        );
        Assert.Null(few.Estimates[0].Low);
    }

    [Fact]
    public void Under_20_rows_of_a_class_there_is_no_interval()
    {
        var (predictions, _, byDay, _) = Sample();
        var labels = predictions.Select((_, i) => i < 19 ? 1.0 : 0.0).ToArray();

        var few = Compare(predictions, labels, byDay);

        Assert.Equal(
            "No intervals: only 19 positive rows, and fewer than 20 say too little about chance. The points decide.",
            few.Intervals
        );
    }

    private static Comparison Compare(double[] predictions, double[] labels, Blocks blocks, int threads = 2) =>
        Some.Compare(
            Metric.Auc,
            [Some.Answers(predictions, 0.5), Some.Answers([.. predictions.Select(prediction => -prediction)], 0.5)],
            labels,
            blocks,
            seed: 1,
            threads,
            TestContext.Current.CancellationToken
        );

    /// <summary>Labels that a whole day shares, mostly, and predictions that know a part of it.</summary>
    private static (double[] Predictions, double[] Labels, Blocks ByDay, Blocks ByRow) Sample()
    {
        var random = new Random(11);
        var (predictions, labels) = (new double[Days * RowsADay], new double[Days * RowsADay]);
        var (late, guess) = (0.0, 0.0);
        for (var row = 0; row < labels.Length; row++)
        {
            (late, guess) = row % RowsADay == 0 ? (random.NextDouble(), random.NextDouble()) : (late, guess);
            labels[row] = random.NextDouble() < late ? 1 : 0;
            predictions[row] = (0.6 * late) + (0.3 * guess) + (0.1 * random.NextDouble());
        }

        return (
            predictions,
            labels,
            new Blocks(Resample.Cutoff, [.. labels.Select((_, row) => row / RowsADay)], Days),
            new Blocks(Resample.Row, [.. Enumerable.Range(0, labels.Length)], labels.Length)
        );
    }
}
