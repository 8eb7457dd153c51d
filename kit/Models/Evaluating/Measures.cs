using Trainyard.Pipelines;

namespace Trainyard.Models.Evaluating;

/// <summary>All metrics of a set of predictions, by the names they have in the card.</summary>
public static class Measures
{
    private static readonly IReadOnlyDictionary<Metric, string> Names = new Dictionary<Metric, string>
    {
        [Metric.Auc] = "auc",
        [Metric.PrAuc] = "pr_auc",
        [Metric.LogLoss] = "log_loss",
        [Metric.Brier] = "brier",
        [Metric.Accuracy] = "accuracy",
        [Metric.Rmse] = "rmse",
        [Metric.Mae] = "mae",
        [Metric.R2] = "r2",
    };

    /// <summary>A metric; NaN where it cannot be computed.</summary>
    public static double Of(Metric metric, double[] predictions, double[] labels, double threshold)
    {
        var one = new Blocks(Resample.Row, new int[labels.Length], 1);
        return ResampledMetric.Create(metric, predictions, labels, one, threshold).Of([1]);
    }

    /// <summary>The metrics of the task that can be computed.</summary>
    public static IReadOnlyDictionary<string, double> All(ModelTask task, Answers answers, double[] labels)
    {
        var (predictions, threshold) = answers;
        var all = Names
            .Where(name => name.Key.Task() == task)
            .ToDictionary(name => name.Value, name => Of(name.Key, predictions, labels, threshold));
        if (task == ModelTask.Binary)
        {
            var alarms = predictions.Count(probability => probability >= threshold);
            var hits = predictions.Zip(labels).Count(row => row.First >= threshold && row.Second > 0);
            all["precision"] = (double)hits / alarms;
            all["recall"] = (double)hits / labels.Count(label => label > 0);
            all["ece"] = Reliability.ExpectedError(Reliability.Bins(predictions, labels));
        }

        return all.Where(measure => double.IsFinite(measure.Value)).ToDictionary();
    }
}
