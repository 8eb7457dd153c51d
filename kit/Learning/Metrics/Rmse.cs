using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The root of the mean squared error.</summary>
internal sealed class Rmse : IMeasure
{
    public Metric Declaration => Metric.Rmse;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(
            answers.Ranking,
            labels,
            blocks,
            (prediction, label) => (prediction - label) * (prediction - label),
            Math.Sqrt
        );
}
