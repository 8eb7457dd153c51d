using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean share of right answers in each class that is a label.</summary>
internal sealed class BalancedAccuracy : IMeasure
{
    public Metric Declaration => Metric.BalancedAccuracy;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new ClassCounts(answers, labels, blocks, OfAll);

    private static double OfAll(ReadOnlySpan<ClassCount> counts)
    {
        var (sum, classes) = (0.0, 0);
        foreach (var count in counts)
        {
            if (count.Labels > 0)
            {
                (sum, classes) = (sum + ((double)count.Right / count.Labels), classes + 1);
            }
        }

        return sum / classes;
    }
}
