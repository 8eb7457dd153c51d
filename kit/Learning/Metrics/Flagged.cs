using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The share of rows whose score reaches the threshold.</summary>
internal sealed class Flagged : IMeasure
{
    public Metric Declaration => Metric.Flagged;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(blocks, row => answers.Ranking[row] >= answers.Reading.Threshold ? 1 : 0);
}
