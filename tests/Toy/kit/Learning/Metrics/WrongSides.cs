using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The share of answers on the wrong side of zero.</summary>
internal sealed class WrongSides : IMeasure
{
    public Metric Declaration => Metric.WrongSides;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(answers.Ranking, labels, blocks, (side, label) => side == Math.Sign(label) ? 0 : 1);
}
