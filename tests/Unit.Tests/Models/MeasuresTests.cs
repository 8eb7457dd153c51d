using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Tasks;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Models;

public sealed class MeasuresTests
{
    private static readonly double[] Probabilities = [0.1, 0.4, 0.35, 0.8];
    private static readonly double[] Labels = [0, 0, 1, 1];

    // AUC and average precision of these four rows are the example of scikit-learn's documentation.
    [Theory]
    [InlineData("auc", 0.75)]
    [InlineData("pr_auc", 0.8333333333)]
    [InlineData("log_loss", 0.4722879538)]
    [InlineData("brier", 0.158125)]
    [InlineData("accuracy", 0.75)]
    [InlineData("f1", 0.6666666667)]
    [InlineData("mcc", 0.5773502692)]
    [InlineData("cost", 0.25)]
    public void A_metric_of_four_rows_is_the_known_one(string metric, double expected) =>
        Assert.Equal(expected, Some.Value(Some.Metric(metric), Probabilities, Labels, threshold: 0.5), 9);

    [Theory]
    [InlineData("rmse", 0.6123724357)]
    [InlineData("mae", 0.5)]
    [InlineData("r2", 0.9486081370)]
    public void A_metric_of_a_regression_is_the_known_one(string metric, double expected) =>
        Assert.Equal(expected, Some.Value(Some.Metric(metric), [2.5, 0.0, 2, 8], [3, -0.5f, 2, 7], threshold: 0), 9);

    [Fact]
    public void Tied_predictions_count_half_in_the_AUC_and_at_once_in_the_precision()
    {
        Assert.Equal(0.5, Some.Value(Metric.Auc, [0.3, 0.3, 0.3], [1, 0, 1], 0));
        Assert.Equal(2.0 / 3, Some.Value(Metric.PrAuc, [0.3, 0.3, 0.3], [1, 0, 1], 0), 12);
        Assert.Equal(2.0 / 3, Some.Value(Metric.Auc, [0.2, 0.5, 0.5, 0.5], [0, 1, 0, 0], 0), 12);
    }

    [Fact]
    public void A_metric_that_cannot_be_computed_is_left_out()
    {
        var all = Measures.OfTask(LearningTasks.Of(ModelTask.Binary), Some.Answers([0.2, 0.4], 0.5), [0, 0]);

        Assert.Equal(["accuracy", "brier", "cost", "ece", "log_loss"], all.Keys.Order());
    }

    [Fact]
    public void Of_equal_labels_no_share_is_explained_whatever_sums_of_them_are_rounded_to()
    {
        for (var rows = 1; rows < 300; rows++)
        {
            var labels = new double[rows + 2];
            Array.Fill(labels, 0.1);
            Assert.Equal(double.NaN, Some.Value(Metric.R2, new double[labels.Length], labels, 0));

            // A resample without the one block that differs.
            labels[^1] = 0.7;
            int[] blocks = [.. Enumerable.Range(0, labels.Length)];
            int[] weights = [.. Enumerable.Repeat(1, labels.Length - 1), 0];
            Assert.Equal(
                double.NaN,
                Some.Resampled(
                        Metric.R2,
                        new double[labels.Length],
                        labels,
                        new Blocks(Resample.Row, blocks, labels.Length),
                        0
                    )
                    .Of(weights)
            );
        }
    }

    [Theory]
    [InlineData("auc")]
    [InlineData("pr_auc")]
    [InlineData("log_loss")]
    [InlineData("brier")]
    [InlineData("accuracy")]
    [InlineData("f1")]
    [InlineData("mcc")]
    [InlineData("cost")]
    public void A_block_that_counts_twice_is_the_same_as_its_rows_twice(string metric)
    {
        var blocks = new Blocks(Resample.Key, [0, 1, 1, 2, 0, 2], 3);
        double[] predictions = [0.1, 0.7, 0.3, 0.3, 0.9, 0.2];
        double[] labels = [0, 1, 0, 1, 1, 0];
        int[] weights = [2, 0, 1];
        int[] repeated = [0, 0, 4, 4, 3, 5];

        var weighted = Some.Resampled(Some.Metric(metric), predictions, labels, blocks, 0.5).Of(weights);

        Assert.Equal(
            Some.Value(
                Some.Metric(metric),
                Array.ConvertAll(repeated, row => predictions[row]),
                Array.ConvertAll(repeated, row => labels[row]),
                0.5
            ),
            weighted,
            12
        );
    }

    [Fact]
    public void R2_resampled_by_blocks_is_that_of_the_rows_repeated()
    {
        var blocks = new Blocks(Resample.Key, [0, 1, 1, 2], 3);

        var weighted = Some.Resampled(Metric.R2, [2.5, 0.0, 2, 8], [3, -0.5f, 2, 7], blocks, 0).Of([3, 1, 0]);

        Assert.Equal(Some.Value(Metric.R2, [2.5, 2.5, 2.5, 0, 2], [3, 3, 3, -0.5f, 2], 0), weighted, 12);
    }

    [Fact]
    public void Reliability_bins_hold_equal_counts_and_give_the_expected_error()
    {
        var predictions = Enumerable.Range(0, 100).Select(i => i < 50 ? 0.2 : 0.8).ToArray();
        var labels = Enumerable.Range(0, 100).Select(i => i < 50 ? 0.0 : 1.0).ToArray();

        var bins = Reliability.Bins(predictions, labels);

        Assert.Equal(Enumerable.Repeat(10L, 10), bins.Select(bin => bin.Rows));
        Assert.Equal(0.2, Reliability.ExpectedError(bins), 12);
    }

    [Fact]
    public void Curves_keep_their_ends_and_at_most_200_points()
    {
        var random = new Random(3);
        var predictions = Enumerable.Range(0, 5000).Select(_ => random.NextDouble()).ToArray();
        var labels = predictions.Select(prediction => random.NextDouble() < prediction ? 1.0 : 0.0).ToArray();

        var (roc, precisionRecall) = Curves.Of(predictions, labels);

        Assert.InRange(roc.Count, 150, 200);
        Assert.Equal((0, 0, 1, 1), (roc[0].X, roc[0].Y, roc[^1].X, roc[^1].Y));
        Assert.InRange(precisionRecall.Count, 100, 200);
        Assert.Equal(1, precisionRecall[^1].X);
    }
}
