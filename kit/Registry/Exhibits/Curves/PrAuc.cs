using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>The curve over which this metric is the area: precision over recall.</summary>
internal static class PrAucCurve
{
    public static CurveExhibit Of(Card card, IReadOnlyList<Point> points)
    {
        var evaluation = card.Evaluation;
        return Of(points) with
        {
            Caption = CurveWords.Area(evaluation, Metric.PrAuc),
            Description =
                $"Precision-recall curve: {CurveWords.Named(evaluation, Metric.PrAuc)}. Guessing has a precision of "
                + $"{Formats.Share(evaluation.LabelMean)} everywhere.",
            Level =
                evaluation.LabelMean is { } mean && double.IsFinite(mean) ? new Level(mean, CurveWords.Guessing) : null,
            Mark =
                CardExhibits.ThresholdOf(card) is { } threshold
                && evaluation.Model.Metrics.TryGetValue("recall", out var recall)
                && evaluation.Model.Metrics.TryGetValue("precision", out var precision)
                    ? new Mark(recall, precision, threshold.Label)
                    : null,
        };
    }

    public static CurveExhibit Of(IReadOnlyList<Point> points) =>
        new()
        {
            Id = "precision-recall",
            Title = "Precision and recall",
            X = Axis.OfShares("recall"),
            Y = Axis.OfShares("precision"),
            Points = points,
        };
}
