using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean size of the error as a share of the label's. A label of 0 has no share, and is left out.</summary>
internal sealed class Mape : IMeasure
{
    public Metric Declaration => Metric.Mape;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(
            blocks,
            row => Math.Abs((answers.Ranking[row] - labels[row]) / labels[row]),
            counts: row => labels[row] != 0
        );

    public string? LeavesOut(double[] labels) =>
        labels.LongCount(label => label == 0) is > 0 and var zeros
            ? $"{Formats.Count(zeros, "row")} of {Formats.Count(labels.Length)} whose label is 0"
            : null;

    public string? WhyNone(Evaluation evaluation) =>
        evaluation.LeftOut?.ContainsKey(Declaration.Name) == true ? "all labels are 0" : null;
}
