using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean of the F1 of each class that is a label or an answer.</summary>
internal sealed class MacroF1 : IMeasure
{
    public Metric Declaration => Metric.MacroF1;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new ClassCounts(answers, labels, blocks, OfAll);

    private static double OfAll(ReadOnlySpan<ClassCount> counts)
    {
        var (sum, classes) = (0.0, 0);
        foreach (var count in counts)
        {
            if (!double.IsNaN(count.Overlap))
            {
                (sum, classes) = (sum + count.Overlap, classes + 1);
            }
        }

        return sum / classes;
    }
}
