using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean error, where a label above the value counts the level of the quantile, and one below it what is
/// left to 1.</summary>
internal sealed class Pinball : IMeasure
{
    public Metric Declaration => Metric.Pinball;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks)
    {
        var level = answers.Quantile ?? double.NaN;
        return new BlockMeans(
            answers.Ranking,
            labels,
            blocks,
            (prediction, label) =>
                label >= prediction ? level * (label - prediction) : (1 - level) * (prediction - label)
        );
    }
}
