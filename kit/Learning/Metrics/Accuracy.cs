using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The share of rows that are answered right at the threshold.</summary>
internal sealed class Accuracy : IMeasure
{
    public Metric Declaration => Metric.Accuracy;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(
            answers.Ranking,
            labels,
            blocks,
            (prediction, label) => prediction >= answers.Threshold == label > 0 ? 1 : 0
        );
}
