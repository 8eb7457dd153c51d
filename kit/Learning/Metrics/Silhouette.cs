using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Metrics;

/// <summary>The mean silhouette of rows; of very many, of some that are spread over all.</summary>
internal sealed class Silhouette : IMeasure
{
    public Metric Declaration => Metric.Silhouette;

    public ResampledMetric Prepare(Answers answers, double[] labels, Blocks blocks)
    {
        var points = answers.Points!;
        if (Separation.Of(points, answers.Classes!.Chosen) is not { } some)
        {
            return new BlockMeans(blocks, _ => double.NaN);
        }

        var silhouettes = new double[points.Count];
        Array.Fill(silhouettes, double.NaN);
        foreach (var (place, row) in points.Paired.Index())
        {
            silhouettes[row] = some[place];
        }

        return new BlockMeans(blocks, row => silhouettes[row], counts: row => !double.IsNaN(silhouettes[row]));
    }

    public string? WhyNone(Evaluation evaluation) =>
        evaluation.Model.Metrics.ContainsKey(Declaration.Name) ? null : "all its rows are in one cluster";
}
