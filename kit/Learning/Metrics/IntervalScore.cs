using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean width of intervals, and for a label outside its distance from it over half the share that may lie
/// there (Winkler 1972; Gneiting and Raftery 2007).</summary>
internal sealed class IntervalScore : IMeasure
{
    public Metric Declaration => Metric.IntervalScore;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks)
    {
        if (answers.Interval is not { } interval)
        {
            return new BlockMeans(blocks, _ => double.NaN);
        }

        var penalty = 2 / (1 - interval.Share);
        return new BlockMeans(
            blocks,
            row =>
                interval.High[row]
                - interval.Low[row]
                + (penalty * Math.Max(0, Math.Max(interval.Low[row] - labels[row], labels[row] - interval.High[row])))
        );
    }

    public string? Lacks(Answers answers) => answers.Interval is null ? "no interval" : null;
}
