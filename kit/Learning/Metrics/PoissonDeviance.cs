using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Metrics;

/// <summary>Twice the mean of what the logarithm of the likelihood of counts lacks to its greatest.</summary>
internal sealed class PoissonDeviance : IMeasure
{
    public Metric Declaration => Metric.PoissonDeviance;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(answers.Ranking, labels, blocks, Of);

    /// <summary>A value of 0 or below can have no label but 0, and a label below 0 no value.</summary>
    public string? WhyNone(Evaluation evaluation) =>
        "a label is below 0, or an answer is not above 0, as those of the objectives poisson and tweedie are";

    private static double Of(double prediction, double label) =>
        label < 0 || prediction < 0 || (prediction == 0 && label > 0) ? double.NaN
        : label == 0 ? 2 * prediction
        : 2 * ((label * Math.Log(label / prediction)) - label + prediction);
}
