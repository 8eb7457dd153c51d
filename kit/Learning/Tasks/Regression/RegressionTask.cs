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

    public string? Alike(Labels labels) => null;

    public Objective ObjectiveFor(Metric metric, Labels labels) =>
        new(Loss.Squared, metric.Watches ?? Loss.Squared);

    public Targets TargetsOf(ModelSpec spec, Labels labels, int[] rows) =>
        new(labels.Values, Middle.Of(labels.Of(rows)));

    public Tuned Tune(ModelSpec spec, ITraining training, IScorer scorer, Lesson lesson, Labels labels) =>
        Tuned.Nothing;

    public Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked) =>
        new()
        {
            Scores = scores,
            Reading = reading,
            Ranking = scores.Values,
            Columns = [AnswerColumn.Numbers(scores.Values)],
        };

    /// <summary>The mean.</summary>
    public Constant Baseline(ModelSpec spec, Labels labels) =>
        new(new Scores([Sum.Mean(labels.Values)], 1), Reading.Plain);

    public string? WhyNoInterval(double[] labels) => null;

    public string? TooFew(double[] labels) => labels.Length < Comparison.LeastRowsOfClass ? $"{labels.Length}" : null;

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) => [];

    public Evaluation Tell(Evaluation evaluation, Answers answers, Labels labels) => evaluation;

    public string? WhyNoMetric(Evaluation evaluation) => null;
}
