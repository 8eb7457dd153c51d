using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Report.Charts;

/// <summary>The charts of a train run.</summary>
internal static class TrainCharts
{
    public static IReadOnlyDictionary<string, Chart> Of(Card card, ChampionComparison? comparison, Times times)
    {
        var charts = new Dictionary<string, Chart> { ["metric"] = Whiskers(card.Evaluation, comparison) };
        var evaluation = card.Evaluation;
        var binary = card.Definition.Model.Task == ModelTask.Binary;
        if (evaluation.Roc.Count > 1)
        {
            charts["roc"] = new Chart(
                "curve",
                $"ROC curve: {Named(evaluation, "auc")}. The further it bends to the upper left, the better; "
                    + "the diagonal is guessing.",
                new
                {
                    Points = Points(evaluation.Roc),
                    XLabel = "false alarms among negatives",
                    YLabel = "positives found",
                    Diagonal = true,
                }
            );
        }

        if (evaluation.PrecisionRecall.Count > 1)
        {
            charts["precision-recall"] = new Chart(
                "curve",
                $"Precision-recall curve: {Named(evaluation, "pr_auc")}. Guessing has a precision of "
                    + $"{Formats.Share(evaluation.LabelMean)} everywhere.",
                new
                {
                    Points = Points(evaluation.PrecisionRecall),
                    XLabel = "recall",
                    YLabel = "precision",
                    Level = Finite(evaluation.LabelMean),
                    Mark = Mark(evaluation, card.Threshold),
                }
            );
        }

        if (evaluation.Reliability.Count > 0)
        {
            charts["reliability"] = new Chart(
                "bins",
                $"{evaluation.Reliability.Count} bins of rows: predicted against observed. On the diagonal the "
                    + "two are equal.",
                new
                {
                    Points = evaluation.Reliability.Select(bin => new ChartPoint(
                        Finite(bin.Predicted),
                        Finite(bin.Observed),
                        bin.Rows
                    )),
                    XLabel = binary ? "predicted probability" : "predicted value",
                    YLabel = binary ? "observed share" : "observed mean",
                }
            );
        }

        charts["scores"] = new Chart(
            "histogram",
            $"Histogram of the predictions on the holdout, from {Formats.Metric(card.Scores.Low)} to "
                + $"{Formats.Metric(card.Scores.High)}.",
            new
            {
                Bins = HistogramBin.Of(card.Scores),
                XLabel = binary ? "predicted probability" : "predicted value",
                Threshold = Finite(card.Threshold),
            }
        );

        if (evaluation.ByWeek.Count > 1)
        {
            charts["weeks"] = new Chart(
                "weeks",
                $"{evaluation.Metric.Title} of model and baseline in {evaluation.ByWeek.Count} weeks of the holdout.",
                new
                {
                    Title = evaluation.Metric.Title,
                    Points = evaluation.ByWeek.Select(week => new WeekPoint(
                        times.Wall(week.From),
                        Finite(week.Model),
                        Finite(week.Baseline),
                        Finite(week.LabelMean),
                        week.Rows
                    )),
                }
            );
        }

        if (card.Split.Timeline.Count > 1)
        {
            charts["timeline"] = new Chart(
                "timeline",
                $"Rows a day: {Formats.Count(card.Split.FitRows)} to fit, "
                    + $"{Formats.Count(card.Split.ValidationRows)} to validate, "
                    + $"{Formats.Count(card.Split.HoldoutRows)} held out, with gaps between them.",
                new
                {
                    Days = card.Split.Timeline.Select(day => new DayRows(
                        times.Wall(day.From),
                        Parts.Name(day.Part),
                        day.Rows
                    )),
                }
            );
        }

        return charts;
    }

    private static Chart Whiskers(Evaluation evaluation, ChampionComparison? comparison)
    {
        var text = MetricText.For(evaluation, comparison);
        var rows = new List<WhiskerRow> { Row("This model", "model", evaluation.Model.Metric) };
        if (comparison is { } champion)
        {
            var elsewhere = champion.ChallengerMetric != evaluation.Model.Metric;
            rows.Add(Row(elsewhere ? "Champion *" : "Champion", "champion", champion.ChampionMetric));
            if (elsewhere)
            {
                rows.Insert(1, Row("This model *", "model", champion.ChallengerMetric));
            }
        }

        rows.Add(Row("Baseline", "baseline", evaluation.Baseline.Metric));
        var said = rows.Select(row =>
            $"{row.Label} {Sentences.WithInterval(text, new Estimate(row.Value ?? double.NaN, row.Low, row.High))}"
        );
        return new Chart(
            "whiskers",
            $"{evaluation.Metric.Title}: {string.Join("; ", said)}.",
            new
            {
                Title = evaluation.Metric.Title,
                HigherIsBetter = evaluation.Metric.HigherIsBetter,
                Rows = rows,
            }
        );
    }

    private static WhiskerRow Row(string label, string role, Estimate estimate) =>
        new(label, role, Finite(estimate.Value), Finite(estimate.Low), Finite(estimate.High));

    private static string Named(Evaluation evaluation, string metric) =>
        evaluation.Model.Metrics.TryGetValue(metric, out var value)
            ? $"{MetricWords.All.First(words => words.Key == metric).Title} {Formats.Metric(value)}"
            : "no metric";

    private static object? Mark(Evaluation evaluation, double? threshold) =>
        threshold is not null
        && evaluation.Model.Metrics.TryGetValue("recall", out var recall)
        && evaluation.Model.Metrics.TryGetValue("precision", out var precision)
            ? new
            {
                X = Finite(recall),
                Y = Finite(precision),
                Label = $"threshold {Formats.Metric(threshold)}",
            }
            : null;

    private static IEnumerable<ChartPoint> Points(IEnumerable<Point> points) =>
        points.Select(point => new ChartPoint(Finite(point.X), Finite(point.Y)));

    /// <summary>JSON has no NaN; report.js leaves a gap for null.</summary>
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
