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
}
