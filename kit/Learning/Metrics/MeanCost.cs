using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean of what answers cost, by the costs in the spec; 1 for each wrong one where it has none.</summary>
internal sealed class MeanCost : IMeasure
{
    public Metric Declaration => Metric.MeanCost;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(blocks, row => answers.Classes!.CostOf((int)labels[row], answers.Classes.Chosen[row]));
}
