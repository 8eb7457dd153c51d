namespace Trainyard.Registry;

/// <summary>The curves of answers that are right or wrong at every threshold.</summary>
internal static class CurveExhibits
{
    private const string Guessing = "guessing";

    public static CurveExhibit Roc(Evaluation evaluation, IReadOnlyList<Point> points) =>
        new()
        {
            Id = "roc",
            Title = "ROC",
            Caption = Area(evaluation, "auc"),
            Description =
                $"ROC curve: {Named(evaluation, "auc", "AUC")}. The further it bends to the upper left, the better; "
                + "the diagonal is guessing.",
            X = Axis.OfShares("false alarms among negatives"),
            Y = Axis.OfShares("positives found"),
            Points = points,
            Diagonal = Guessing,
        };

    public static CurveExhibit PrecisionRecall(Card card, IReadOnlyList<Point> points)
    {
        var evaluation = card.Evaluation;
        return new CurveExhibit
        {
            Id = "precision-recall",
            Title = "Precision and recall",
            Caption = Area(evaluation, "pr_auc"),
            Description =
                $"Precision-recall curve: {Named(evaluation, "pr_auc", "PR-AUC")}. Guessing has a precision of "
                + $"{Formats.Share(evaluation.LabelMean)} everywhere.",
            X = Axis.OfShares("recall"),
            Y = Axis.OfShares("precision"),
            Points = points,
            Level = double.IsFinite(evaluation.LabelMean) ? new Level(evaluation.LabelMean, Guessing) : null,
            Mark =
                CardExhibits.ThresholdOf(card) is { } threshold
                && evaluation.Model.Metrics.TryGetValue("recall", out var recall)
                && evaluation.Model.Metrics.TryGetValue("precision", out var precision)
                    ? new Mark(recall, precision, threshold.Label)
                    : null,
        };
    }

    private static string? Area(Evaluation evaluation, string metric) =>
        evaluation.Model.Metrics.TryGetValue(metric, out var value)
            ? $"The area under it is {Formats.Metric(value)}."
            : null;

    private static string Named(Evaluation evaluation, string metric, string title) =>
        evaluation.Model.Metrics.TryGetValue(metric, out var value) ? $"{title} {Formats.Metric(value)}" : "no metric";
}
