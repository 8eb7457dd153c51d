using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Metrics;

/// <summary>Matthews' correlation of answers and labels, for any number of classes (Gorodkin 2004). One answer for all
/// rows has none, which is 0; labels that are all one class leave nothing to correlate with.</summary>
internal sealed class Mcc : IMeasure
{
    public Metric Declaration => Metric.Mcc;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks) =>
        new ClassCounts(answers, labels, blocks, OfAll);

    public string? WhyNone(Evaluation evaluation) =>
        evaluation.Model.Metrics.ContainsKey(Declaration.Name) ? null : "all labels are of one class";

    private static double OfAll(ReadOnlySpan<ClassCount> counts)
    {
        var (rows, right, both, labels, answers) = (0.0, 0.0, 0.0, 0.0, 0.0);
        foreach (var count in counts)
        {
            rows += count.Labels;
            right += count.Right;
            both += (double)count.Labels * count.Answers;
            labels += (double)count.Labels * count.Labels;
            answers += (double)count.Answers * count.Answers;
        }

        var (ofLabels, ofAnswers) = ((rows * rows) - labels, (rows * rows) - answers);
        return ofLabels == 0 ? double.NaN
            : ofAnswers == 0 ? 0
            : ((right * rows) - both) / (Math.Sqrt(ofLabels) * Math.Sqrt(ofAnswers));
    }
}
