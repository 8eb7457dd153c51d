using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>Twice the rows that are rightly called positive, of all that are or are called so.</summary>
internal sealed class F1 : IMeasure
{
    public Metric Declaration => Metric.F1;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new ClassCounts(answers, labels, blocks, counts => counts.Length > 1 ? counts[1].Overlap : double.NaN);
}
