using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean squared error of the probability.</summary>
internal sealed class Brier : IMeasure
{
    public Metric Declaration => Metric.Brier;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(
            answers.Ranking,
            labels,
            blocks,
            (prediction, label) => (prediction - label) * (prediction - label)
        );
}
