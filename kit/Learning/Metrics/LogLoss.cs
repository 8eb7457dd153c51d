using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean of minus the logarithm of the probability that the label had.</summary>
internal sealed class LogLoss : IMeasure
{
    /// <summary>Probabilities are held this far from 0 and 1, so that one wrong certainty does not make the log loss
    /// infinite.</summary>
    private const double Least = 1e-15;

    public Metric Declaration => Metric.LogLoss;

    public string? Lacks(Answers answers) =>
        answers.Classes!.KnowsAll ? null : "no probability of each class, but that of the answer alone";

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new BlockMeans(
            blocks,
            row => -Math.Log(Math.Clamp(answers.Classes!.ProbabilityOf(row, (int)labels[row]), Least, 1))
        );
}
