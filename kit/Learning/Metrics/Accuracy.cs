using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The share of rows that are answered right.</summary>
internal sealed class Accuracy : IMeasure
{
    public Metric Declaration => Metric.Accuracy;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(blocks, row => answers.Classes!.Chosen[row] == (int)labels[row] ? 1 : 0);
}
