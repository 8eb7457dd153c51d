using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Regression;

/// <summary>Answers with a value.</summary>
internal sealed class RegressionTask : ITask
{
    public ModelTask Declaration => ModelTask.Regression;

    public string? Alike(double[] labels) => null;

    public Objective ObjectiveFor(Metric metric) => new(Loss.Squared, metric.Watches ?? Loss.Squared);

    public Targets TargetsOf(ModelSpec spec, double[] labels, int[] rows) =>
        new(labels, Middle.Of(Array.ConvertAll(rows, row => labels[row])));

    public Tuned Tune(ModelSpec spec, ITraining training, IScorer scorer, Lesson lesson) => Tuned.Nothing;

    public Answers Answer(Scores scores, double? threshold) =>
        new()
        {
            Scores = scores,
            Ranking = scores.Values,
            Columns = [AnswerColumn.Numbers(scores.Values)],
        };

    /// <summary>The mean.</summary>
    public Answers Baseline(ModelSpec spec, double[] learned) => Answer(new Scores([Sum.Mean(learned)], 1), null);

    public string? WhyNoInterval(double[] labels) => null;

    public string? TooFew(double[] labels) => labels.Length < Comparison.LeastRowsOfClass ? $"{labels.Length}" : null;

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) => [];

    /// <summary>The mean, with a quarter of the labels' standard deviation of room.</summary>
    public IReadOnlyList<Trait> Traits(double[] labels)
    {
        var mean = Sum.Mean(labels);
        var spread = Math.Sqrt(Sum.Mean(Array.ConvertAll(labels, label => (label - mean) * (label - mean))));
        return [new("mean answer", Unit.Number, answers => Sum.Mean(answers.Ranking), mean, spread / 4)];
    }

    public Evaluation Tell(Evaluation evaluation, Answers answers, double[] labels) => evaluation;

    public string? WhyNoMetric(Evaluation evaluation) => null;
}
