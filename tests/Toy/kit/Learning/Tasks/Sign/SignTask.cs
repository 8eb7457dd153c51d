using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Sign;

/// <summary>Answers on which side of zero a number lies.</summary>
internal sealed class SignTask : ITask
{
    public ModelTask Declaration => ModelTask.Sign;

    public string? Alike(Labels labels) =>
        labels.Values.Select(label => Math.Sign(label)).Distinct().Count() == 1 ? "on one side" : null;

    public Targets TargetsOf(Definition definition, Labels labels, int[] rows) => new(labels.Values);

    public Tuned Tune(
        ModelSpec spec,
        ITraining training,
        Validated validated,
        Labels labels,
        CancellationToken cancel
    ) => Tuned.Nothing;

    public Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked)
    {
        var sides = Array.ConvertAll(scores.Values, score => (double)Math.Sign(score));
        return new()
        {
            Scores = scores,
            Reading = reading,
            Ranking = sides,
            Columns = [AnswerColumn.Numbers(sides)],
        };
    }

    public Constant Baseline(Definition definition, Labels labels) =>
        new(new Scores([Sum.Mean(labels.Values)], 1), Reading.Plain);

    public string? WhyNoInterval(double[] labels) => null;

    public string? TooFew(double[] labels) => labels.Length < Comparison.LeastRowsOfClass ? $"{labels.Length}" : null;

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) => [];

    public IReadOnlyList<Trait> Traits(Answers measured, Labels labels) =>
        [
            new(
                "mean side",
                Unit.Number,
                answers => Sum.Mean(answers.Ranking),
                Sum.Mean(Array.ConvertAll(labels.Values, label => (double)Math.Sign(label))),
                0.5
            ),
        ];

    public Evaluation Tell(Evaluation evaluation, AnsweredRows holdout) => evaluation;

    public string? WhyNoMetric(Evaluation evaluation) => null;
}
