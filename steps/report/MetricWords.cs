using Trainyard.Pipelines;

namespace Trainyard.Steps.Report;

/// <summary>What each metric of a card is called and means.</summary>
public sealed record MetricWords(string Key, string Title, string Meaning, bool HigherIsBetter)
{
    public static IReadOnlyList<MetricWords> All { get; } =
    [
        new("auc", Metric.Auc.Title, "how often a positive row is ranked above a negative one", true),
        new("pr_auc", Metric.PrAuc.Title, "precision, averaged over recall", true),
        new("log_loss", "Log loss", "penalty for probabilities that were confident and wrong", false),
        new("brier", Metric.Brier.Title, "mean squared error of the probability", false),
        new("ece", "Calibration error", "mean distance between probability and frequency (ECE)", false),
        new("accuracy", "Accuracy", "share of right answers at the threshold", true),
        new("precision", "Precision", "of rows called positive, the share that is", true),
        new("recall", "Recall", "of positive rows, the share that is called so", true),
        new("rmse", Metric.Rmse.Title, "typical error; large ones weigh more", false),
        new("mae", Metric.Mae.Title, "mean size of the error", false),
        new("r2", Metric.R2.Title, "share of the label's variance that is explained", true),
    ];

    /// <summary>The metrics of a card in this order; one that is unknown here comes last under its own name.</summary>
    public static IEnumerable<MetricWords> Of(IReadOnlyDictionary<string, double> metrics) =>
        [
            .. All.Where(words => metrics.ContainsKey(words.Key)),
            .. metrics
                .Keys.Except(All.Select(words => words.Key))
                .Order(StringComparer.Ordinal)
                .Select(key => new MetricWords(key, key, "", true)),
        ];
}
