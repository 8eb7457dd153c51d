using Trainyard.Learning.Calibrating;
using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Learning.Exporting;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Training;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Learning.Tasks.Binary;

/// <summary>Answers with the probability that a label is 1, and whether that is enough.</summary>
internal sealed class BinaryTask : ITask
{
    public ModelTask Declaration => ModelTask.Binary;

    public Labels LabelsOf(Definition definition, Labels read) =>
        definition.Label is { Positive: { } positive } label ? Positives.Of(label.Column, positive, read) : read;

    public string? Alike(Labels labels) =>
        Array.TrueForAll(labels.Values, label => label > 0) ? "positive"
        : Array.TrueForAll(labels.Values, label => label <= 0) ? "negative"
        : null;

    public Targets TargetsOf(Definition definition, Labels labels, int[] rows) =>
        new(
            labels.Values,
            ClassWeights: definition.Model.Weights == ClassWeights.Balanced ? Balanced(labels.Values, rows) : null
        );

    public Tuned Tune(ModelSpec spec, ITraining training, Validated validated, Labels labels, CancellationToken cancel)
    {
        var isPositive = Array.ConvertAll(validated.Rows, row => labels[row] > 0);
        var probabilities = validated.Answer().Values;
        var calibrator = spec.Calibrate == Calibration.Isotonic ? Isotonic.Fit(probabilities, isPositive) : null;
        calibrator?.Apply(probabilities);
        var threshold =
            spec.Threshold.At
            ?? Threshold.OfLeastCost(probabilities, isPositive, spec.Threshold.Cost ?? new CostSpec());
        return new Tuned(new Reading { Threshold = threshold }, calibrator);
    }

    public Answers Answer(ModelSpec spec, Scores scores, Reading reading, IReadOnlyList<string>? asked)
    {
        var (probabilities, threshold) = (scores.Values, reading.Threshold);
        var cost = spec.Threshold.Cost ?? new CostSpec();
        return new()
        {
            Scores = scores,
            Reading = reading,
            Ranking = probabilities,
            Classes = new ClassAnswers(
                Array.ConvertAll(probabilities, probability => probability >= threshold ? 1 : 0),
                (row, label) => label > 0 ? probabilities[row] : 1 - probabilities[row],
                (label, answer) =>
                    label == answer ? 0
                    : label > 0 ? cost.Miss
                    : cost.FalseAlarm
            ),
            Columns = [AnswerColumn.Numbers(probabilities), AnswerColumn.Flags(row => probabilities[row] >= threshold)],
            Counted = probabilities.LongCount(probability => probability >= threshold),
        };
    }

    public bool Write(Graph graph, GraphValue scores, Reading reading)
    {
        graph.Output(new("probability", GraphType.Number), scores);
        graph.Output(new("predicted", GraphType.Flag), scores.IsAtLeast(graph.Number(reading.Threshold!.Value)));
        return true;
    }

    /// <summary>The share of positives.</summary>
    public Constant Baseline(Definition definition, Labels labels) =>
        OfShare(definition.Model, Sum.Mean(labels.Values));

    public Constant? BaselineOf(ModelSpec spec, Evaluation evaluation) =>
        evaluation.BaselineValue is { } share ? OfShare(spec, share) : null;

    public string? WhyNoInterval(double[] labels) => TwoClasses.WhyNoInterval(labels);

    public string? TooFew(double[] labels) => TwoClasses.TooFew(labels);

    public IEnumerable<KeyValuePair<string, double>> Figures(Answers answers, double[] labels) =>
        [
            .. TwoClasses.Alarms(answers, labels),
            new("ece", Reliability.ExpectedError(Reliability.Bins(answers.Ranking, labels))),
        ];

    /// <summary>The mean probability and the share of positives, with half the share of the rarer class of room, at
    /// least a percentage point.</summary>
    public IReadOnlyList<Trait> Traits(Answers measured, Labels labels)
    {
        var share = Sum.Mean(labels.Values);
        var room = Trait.RoomOf(share);
        return
        [
            new("mean probability", Unit.Share, answers => Sum.Mean(answers.Ranking), share, room),
            new(
                "share of positives",
                Unit.Share,
                answers => (double)answers.Counted / answers.Ranking.Length,
                share,
                room
            ),
        ];
    }

    public RankingCurves CurvesOf(Answers answers, double[] labels) => Curves.Of(answers.Ranking, labels);

    public Evaluation Tell(Evaluation evaluation, AnsweredRows holdout)
    {
        var (roc, precisionRecall) = CurvesOf(holdout.Answers, holdout.Labels.Values);
        return evaluation with { Roc = roc, PrecisionRecall = precisionRecall };
    }

    public string? WhyNoMetric(Evaluation evaluation) => TwoClasses.WhyNoMetric(evaluation.LabelMean);

    /// <summary>At a threshold it answers with the class that costs less in the rows learned from; of equal costs
    /// negative, which raises no alarm.</summary>
    private static Constant OfShare(ModelSpec spec, double share)
    {
        var cost = spec.Threshold.Cost ?? new CostSpec();
        return new Constant(
            new Scores([share], 1),
            new Reading
            {
                Threshold = cost.Miss * share > cost.FalseAlarm * (1 - share) ? share : Math.BitIncrement(share),
            }
        );
    }

    /// <summary>Weights under which the two classes weigh the same among the given rows, 1 on average.</summary>
    private static float[] Balanced(double[] labels, int[] rows)
    {
        var positives = rows.Count(row => labels[row] > 0);
        return [rows.Length / (2f * (rows.Length - positives)), rows.Length / (2f * positives)];
    }
}
