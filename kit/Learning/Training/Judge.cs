using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Training;

/// <summary>How good scores are by the metric that decides, read as they are: for a trainer that picks a size by
/// it.</summary>
/// <param name="Metric">Which that is.</param>
/// <param name="Of">Of rows, by their places: what the metric is of their scores, NaN where it cannot be
/// computed.</param>
public sealed record Judge(Metric Metric, Func<EncodedRows, int[], Func<Scores, double>> Of)
{
    /// <summary>Whether a value is better than another; what cannot be computed is worse than anything.</summary>
    public bool IsBetter(double value, double than) =>
        double.IsNaN(than) ? !double.IsNaN(value)
        : Metric.HigherIsBetter ? value > than
        : value < than;
}
