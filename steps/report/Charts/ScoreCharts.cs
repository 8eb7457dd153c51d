using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Report.Charts;

/// <summary>The chart of a score run: how the scores are spread, now and on the holdout.</summary>
internal static class ScoreCharts
{
    public static IReadOnlyDictionary<string, Chart> Of(Card card, ScoreSummary summary) =>
        new Dictionary<string, Chart>
        {
            ["spread"] = new Chart(
                "spread",
                $"How {Formats.Count(summary.Rows, "prediction")} are spread, as shares of their number, "
                    + "beside those on the holdout of training.",
                new
                {
                    Now = HistogramBin.Of(summary.Scores),
                    Training = HistogramBin.Of(card.Scores),
                    XLabel = card.Definition.Model.Task == ModelTask.Binary
                        ? "predicted probability"
                        : "predicted value",
                    card.Threshold,
                }
            ),
        };
}
