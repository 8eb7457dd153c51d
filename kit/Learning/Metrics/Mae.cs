using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean size of the error.</summary>
internal sealed class Mae : IMeasure
{
    public Metric Declaration => Metric.Mae;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(answers.Ranking, labels, blocks, (prediction, label) => Math.Abs(prediction - label));
}
