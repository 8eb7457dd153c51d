using Trainyard.Learning.Data;
using Trainyard.Learning.Metrics;
using Trainyard.Learning.Scoring;
using Trainyard.Learning.Tasks;
using Trainyard.Registry;

namespace Trainyard.Learning.Evaluating;

/// <summary>Holds the fit that answers against the measured one, on the holdout. It has learned most of it, so being
/// better there says nothing; but it must not be worse, nor another model.</summary>
internal static class ServedCheck
{
    /// <summary>The metric that decides, where it says which of two is better, and the traits of the task. What cannot
    /// be computed for the measured fit is left out: the gate refuses such a model.</summary>
    public static IReadOnlyList<HeldFigure> Of(
        ITask task,
        IMeasure measure,
        Evaluation evaluation,
        Answers measured,
        Answers served,
        Labels labels
    ) =>
        [
            .. (measure.Declaration.Compares ? new[] { Metric(evaluation, measure.Value(served, labels.Values)) } : [])
                .Concat(
                    task.Traits(measured, labels).Select(trait => Held(trait, trait.Of(measured), trait.Of(served)))
                )
                .Where(figure => double.IsFinite(figure.Measured)),
        ];

    /// <summary>Not beyond the interval of the measured fit; where there is none, it keeps half of its gain over the
    /// baseline.</summary>
    private static HeldFigure Metric(Evaluation evaluation, double served)
    {
        var measured = evaluation.Model.Metric;
        double? room =
            evaluation.GainOverBaseline is { } gain && double.IsFinite(gain.Value) ? Math.Abs(gain.Value) / 2 : null;
        var figure = new HeldFigure(evaluation.MetricTitle, Unit.Number, measured.Value, served);
        return evaluation.HigherIsBetter
            ? figure with
            {
                Least = measured.HasInterval ? measured.Low : measured.Value - room,
            }
            : figure with
            {
                Most = measured.HasInterval ? measured.High : measured.Value + room,
            };
    }

    /// <summary>Between what measured fit and labels have, with some room on either side.</summary>
    private static HeldFigure Held(Trait trait, double measured, double served)
    {
        var (least, most) = (
            Math.Min(measured, trait.Labels) - trait.Room,
            Math.Max(measured, trait.Labels) + trait.Room
        );
        return new HeldFigure(
            trait.Name,
            trait.Unit,
            measured,
            served,
            trait.Unit == Unit.Share ? Math.Max(0, least) : least,
            trait.Unit == Unit.Share ? Math.Min(1, most) : most
        );
    }
}
