using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>What is said of a measure run: its summary, and the sentence it ends with.</summary>
internal static class Told
{
    public static MeasureSummary Of(
        RunFile file,
        MeasuredRows joined,
        IReadOnlyList<LiveMetric> metrics,
        IReadOnlyList<string> alarms,
        string? table
    ) =>
        new()
        {
            Cutoffs = file.Window!,
            Measured = joined.Measured,
            Unlabelled = joined.Unlabelled,
            Unpublished = joined.Unpublished,
            Hindsight = joined.Hindsight,
            Table = table,
            Alarms = alarms,
            Facts =
            [
                new("Without a label", Formats.Count(joined.Unlabelled, "prediction")),
                new("Never predicted", Formats.Count(joined.Unpublished, "labelled row")),
                new("Predicted too late", Formats.Count(joined.Hindsight, "labelled row")),
            ],
            Exhibits =
            [
                .. metrics
                    .GroupBy(metric => metric.Metric)
                    .Select((group, place) => Table(group.Key, place, [.. group])),
            ],
        };

    public static string Sentence(MeasureSummary summary, IReadOnlyList<LiveMetric> metrics)
    {
        var figure = metrics.FirstOrDefault(metric => metric.Model is null && metric.Cutoffs == summary.Cutoffs);
        var measured = string.Create(
            CultureInfo.InvariantCulture,
            $"Measured {summary.Measured:N0} prediction{(summary.Measured == 1 ? "" : "s")}"
        );
        if (figure?.Value is not { } value)
        {
            return $"{measured}.";
        }

        var text = MetricText.For(value, Math.Abs(value), [(value, figure.Promised ?? value)]);
        var promised = figure.Promised is { } promise ? $"; the holdout promised {text.Of(promise)}" : "";
        var estimate = text.Of(new Estimate(value, figure.Low, figure.High));
        return $"{measured}: {TitleOf(figure.Metric)} is {estimate}{promised}.";
    }

    private static string TitleOf(string name) =>
        name == LiveMetric.ObservedToExpected
            ? "what came true, over what was predicted,"
            : Metric.All.FirstOrDefault(metric => metric.Name == name)?.Title ?? name;

    private static TableExhibit Table(string metric, int place, IReadOnlyList<LiveMetric> rows) =>
        new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"live_{place}"),
            Title = metric switch
            {
                LiveMetric.ObservedToExpected => "What came true, over what was predicted",
                "held" => "Labels within their intervals",
                _ => Formats.Heading(TitleOf(metric)),
            },
            Caption = rows[0].Intervals,
            Of = "Model",
            Columns = [new("value"), new("low"), new("high"), new("promised"), new("predictions", Unit.Count)],
            Rows =
            [
                .. rows.Select(row => new TableRow(
                    row.Model ?? "all, as they served",
                    [row.Value, row.Low, row.High, row.Promised, row.Rows],
                    $"cutoffs after {Text(row.Cutoffs.From)}, up to {Text(row.Cutoffs.To)}"
                )),
            ],
        };

    private static string Text(DateTimeOffset instant) =>
        string.Create(CultureInfo.InvariantCulture, $"{instant.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
}
