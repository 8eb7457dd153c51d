using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Metrics;

/// <summary>How a metric is computed.</summary>
public interface IMeasure
{
    Metric Declaration { get; }

    /// <summary>The metric of some answers, prepared so that it can be taken again and again.</summary>
    ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks);

    /// <summary>What keeps this metric from being computed and no other, as the end of a sentence; null where nothing
    /// is known.</summary>
    string? WhyNone(Evaluation evaluation) => null;

    /// <summary>Which rows do not count, and how many they are; null where all do.</summary>
    string? LeavesOut(double[] labels) => null;

    /// <summary>What answers do not have and must have to be measured (<c>no interval</c>); null where nothing is
    /// missing.</summary>
    string? Lacks(Answers answers) => null;
}
