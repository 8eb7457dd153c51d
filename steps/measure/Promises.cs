using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Measure;

/// <summary>What holdouts have promised.</summary>
/// <param name="Metric">Null where that is not known.</param>
/// <param name="Held">The share of labels within their intervals; null where there were none.</param>
internal sealed record Promises(Estimate? Metric, Estimate? Held)
{
    /// <summary>A metric on a holdout; only that of the one that decides has an interval.</summary>
    public static Estimate? Of(Evaluation evaluation, Metric metric) =>
        evaluation.Metric == metric ? evaluation.Model.Metric
        : evaluation.Model.Metrics.TryGetValue(metric.Name, out var value) ? new Estimate(value, null, null)
        : null;
}
