using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>What is said of a curve by the metric that is the area under it.</summary>
internal static class CurveWords
{
    public const string Guessing = "guessing";

    public static string? Area(Evaluation evaluation, Metric metric) =>
        evaluation.Model.Metrics.TryGetValue(metric.Name, out var value)
            ? $"The area under it is {Formats.Metric(value)}."
            : null;

    public static string Named(Evaluation evaluation, Metric metric) =>
        evaluation.Model.Metrics.TryGetValue(metric.Name, out var value)
            ? $"{metric.Title} {Formats.Metric(value)}"
            : "no metric";
}
