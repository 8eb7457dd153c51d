using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Report;

/// <summary>What each metric of a card is called and means.</summary>
public sealed record MetricWords(string Key, string Title, string Meaning, bool HigherIsBetter)
{
    /// <summary>What it means, and which way is better where that is not the usual one.</summary>
    public string WithDirection => Meaning.Length > 0 && !HigherIsBetter ? $"{Meaning}; lower is better" : Meaning;

    /// <summary>Those that can decide, and what is shown beside them.</summary>
    public static IReadOnlyList<MetricWords> All { get; } =
    [
        .. Metric.All.Select(metric => new MetricWords(
            metric.Name,
            Formats.Heading(metric.Title),
            metric.Meaning,
            metric.HigherIsBetter
        )),
        new("ece", "Calibration error", "mean distance between probability and frequency (ECE)", false),
        new("stability", "Stability", "how alike two fits are that have each learned half of the rows", true),
        new("precision", "Precision", "of rows called positive, the share that is", true),
        new("recall", "Recall", "of positive rows, the share that is called so", true),
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
