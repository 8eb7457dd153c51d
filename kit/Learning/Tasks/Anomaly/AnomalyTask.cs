using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Anomaly;

/// <summary>Answers with how unlike the others a row is, and whether that is enough to be flagged. Where there is a
/// label it is only measured by.</summary>
internal sealed class AnomalyTask : ITask
{
    /// <summary>At least such a share of rows, and so many of them, may be flagged more or less by the fit that
    /// answers.</summary>
    private const double LeastRoom = 0.02;
    private const double FewRows = 3;

    public ModelTask Declaration => ModelTask.Anomaly;

    public Labels LabelsOf(Definition definition, Labels read) =>
        definition.Label is { Positive: { } positive } label ? Positives.Of(label.Column, positive, read) : read;

    public Tuned Tune(
        ModelSpec spec,
        ITraining training,
        Validated validated,
        Labels labels,
        CancellationToken cancel
    ) => new(new Reading { Threshold = FlagLine.Of(validated.Answer().Values, spec.Flag!.Value.Value) });

    public Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked)
    {
        var (values, threshold) = (scores.Values, reading.Threshold);
        return new()
        {
            Scores = scores,
            Reading = reading,
            Ranking = values,
            Columns = [AnswerColumn.Numbers(values), AnswerColumn.Flags(row => values[row] >= threshold)],
            Counted = values.LongCount(score => score >= threshold),
        };
    }

    /// <summary>One score for all rows, and none flagged. Without a label there is nothing to be better than.</summary>
    public Constant? Baseline(Definition definition, Labels labels) =>
        definition.Label is null || !definition.Metric.Compares
            ? null
            : new(new Scores([0], 1), new Reading { Threshold = 1 }, "one score");

    public string? WhyNoInterval(double[] labels) => AreKnown(labels) ? TwoClasses.WhyNoInterval(labels) : null;

    public string? TooFew(double[] labels) =>
        AreKnown(labels) ? TwoClasses.TooFew(labels)
        : labels.Length < Comparison.LeastRowsOfClass ? $"{labels.Length}"
        : null;

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) =>
        AreKnown(labels) ? TwoClasses.Alarms(answers, labels) : [];

    /// <summary>The share of rows flagged, with as much room again.</summary>
    public IReadOnlyList<Trait> Traits(Answers measured, Labels labels)
    {
        var share = Share(measured);
        var room = Math.Max(Math.Max(LeastRoom, FewRows / measured.Ranking.Length), share);
        return [new("share of rows flagged", Unit.Share, Share, share, room)];

        static double Share(Answers answers) => (double)answers.Counted / answers.Ranking.Length;
    }

    public RankingCurves? CurvesOf(Answers answers, double[] labels) =>
        AreKnown(labels) ? Curves.Of(answers.Ranking, labels) : null;

    public Evaluation Tell(Evaluation evaluation, AnsweredRows holdout)
    {
        var (counted, rows) = (holdout.Answers.Counted, holdout.Rows.Length);
        if (holdout.Unlabelled.Length > 0)
        {
            // Labels are of rows that somebody has looked into: among these more are odd than among all.
            (counted, rows) = (counted + holdout.Answer(holdout.Unlabelled).Counted, rows + holdout.Unlabelled.Length);
            evaluation = evaluation with { Model = evaluation.Model with { Metrics = WithShare(evaluation.Model) } };
        }

        var threshold = new Fact("Flagged from", Formats.Metric(holdout.Answers.Reading.Threshold))
        {
            Note =
                "A row is flagged from this score on, which the share of validation has that was asked for; of the "
                + $"holdout it is {Formats.Share(counted, rows)}.",
        };
        var curves = CurvesOf(holdout.Answers, holdout.Labels.Values);
        return evaluation with { Roc = curves?.Roc, PrecisionRecall = curves?.PrecisionRecall, Facts = [threshold] };

        Dictionary<string, double> WithShare(Measured model) =>
            new(model.Metrics) { [Declaration.CountedAs!] = (double)counted / rows };
    }

    public string? WhyNoMetric(Evaluation evaluation) => TwoClasses.WhyNoMetric(evaluation.LabelMean);

    private static bool AreKnown(double[] labels) => labels.Length > 0 && !double.IsNaN(labels[0]);
}
