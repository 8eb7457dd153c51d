using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>The curve over which this metric is the area: ROC.</summary>
internal static class AucCurve
{
    public static CurveExhibit Of(Evaluation evaluation, IReadOnlyList<Point> points) =>
        Of(points) with
        {
            Caption = CurveWords.Area(evaluation, Metric.Auc),
            Description =
                $"ROC curve: {CurveWords.Named(evaluation, Metric.Auc)}. The further it bends to the upper left, the "
                + "better; the diagonal is guessing.",
        };

    public static CurveExhibit Of(IReadOnlyList<Point> points) =>
        new()
        {
            Id = "roc",
            Title = "ROC",
            X = Axis.OfShares("false alarms among negatives"),
            Y = Axis.OfShares("positives found"),
            Points = points,
            Diagonal = CurveWords.Guessing,
        };
}
