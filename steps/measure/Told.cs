using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;
using Trainyard.Warehouses;

namespace Trainyard.Steps.Measure;

/// <summary>What is said of a measure run: its summary, and the sentence it ends with.</summary>
internal static class Told
{
    /// <param name="alarms">What is wrong; null where there is no telling.</param>
    /// <param name="before">The alarm that stood in the run before; null where none did.</param>
    /// <param name="table">Null for a trial.</param>
    public static MeasureSummary Of(
        RunFile file,
        MeasuredRows joined,
        IReadOnlyList<LiveMetric> metrics,
        IReadOnlyList<string>? alarms,
        EarlierAlarm? before,
        string? table
    ) =>
        new()
        {
            Cutoffs = file.Window!,
            Measured = joined.Measured,
            Replayed = joined.Replayed,
            Unlabelled = joined.Unlabelled.Rows,
            Unpublished = joined.Unpublished.Rows,
            Hindsight = joined.Hindsight.Rows,
            Table = table,
            IsJudged = alarms is not null,
            Alarms = alarms ?? [],
            Before = before,
            Facts = [.. Facts(joined)],
            Exhibits =
            [
                .. metrics
                    .GroupBy(metric => metric.Metric)
                    .Select((group, place) => Table(group.Key, place, [.. group], file.Definition.Clock)),
            ],
        };

    public static string Sentence(MeasureSummary summary, IReadOnlyList<LiveMetric> metrics)
    {
        var figure = metrics.FirstOrDefault(metric => metric.Model is null && metric.Cutoffs == summary.Cutoffs);
        var measured = string.Create(
            CultureInfo.InvariantCulture,
            $"Measured {summary.Measured:N0} prediction{(summary.Measured == 1 ? "" : "s")}"
        );
        if (summary.Replayed > 0)
        {
            measured += string.Create(CultureInfo.InvariantCulture, $", {summary.Replayed:N0} of them replayed");
        }

        if (figure?.Value is not { } value)
        {
            return $"{measured}.{OfAlarm(summary)}";
        }

        var text = MetricText.For(value, Math.Abs(value), [(value, figure.Promised ?? value)]);
        var promised = figure.Promised is { } promise ? $"; the holdout promised {text.Of(promise)}" : "";
        var estimate = text.Of(new Estimate(value, figure.Low, figure.High));
        return $"{measured}: {TitleOf(figure.Metric)} is {estimate}{promised}.{OfAlarm(summary)}";
    }

    private static string OfAlarm(MeasureSummary summary) =>
        summary switch
        {
            { IsBeginning: true } => " That is an alarm.",
            { IsOver: true } => $" The alarm of {summary.Before!.Run} is over.",
            { Alarms.Count: > 0 } => $" The alarm of {summary.Before!.Run} stands.",
            { Before: { } before } => $" Whether the alarm of {before.Run} is over cannot be told.",
            _ => "",
        };

    private static IEnumerable<Fact> Facts(MeasuredRows joined)
    {
        if (joined.Replayed > 0)
        {
            yield return new("Replayed", Formats.Count(joined.Replayed, "prediction"))
            {
                Note =
                    "Published when their labels could be known, by models that had learned nothing at or after their "
                    + "cutoffs.",
            };
        }

        yield return new("Without a label", Formats.Count(joined.Unlabelled.Rows, "prediction"))
        {
            Note = joined.Unlabelled.First,
        };
        yield return new("Never predicted", Formats.Count(joined.Unpublished.Rows, "labelled row"))
        {
            Note = joined.Unpublished.First,
        };
        if (joined.Hindsight.Rows > 0)
        {
            yield return new("In hindsight only", Formats.Count(joined.Hindsight.Rows, "labelled row"))
            {
                Note =
                    $"By models that had learned from their time, so they are not measured. {joined.Hindsight.First}",
            };
        }
    }

    private static string TitleOf(string name) =>
        name switch
        {
            LiveMetric.ObservedToExpected => "what came true, over what was predicted,",
            LiveMetric.Held => "the share of labels within their intervals",
            _ => Metric.All.FirstOrDefault(metric => metric.Name == name)?.Title ?? name,
        };

    /// <summary>Where one model has served, it and all are the same.</summary>
    private static IEnumerable<LiveMetric> Shown(IReadOnlyList<LiveMetric> rows) =>
        rows.Where(row => row.Model is not null || rows.Count(other => other.Cutoffs == row.Cutoffs) > 2);

    private static TableExhibit Table(string metric, int place, IReadOnlyList<LiveMetric> rows, Clock clock)
    {
        // Of the whole span, as all served: parts of it have fewer blocks.
        var intervals = rows.Last(row => row.Cutoffs == rows[0].Cutoffs).Intervals;
        var hasBaseline = rows.Any(row => row.Baseline is not null);
        var isMetric = metric is not LiveMetric.ObservedToExpected and not LiveMetric.Held;
        return new()
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"live_{place}"),
            Title = metric switch
            {
                LiveMetric.ObservedToExpected => "What came true, over what was predicted",
                LiveMetric.Held => "Labels within their intervals",
                _ => Formats.Heading(TitleOf(metric)),
            },
            Caption =
                isMetric && !hasBaseline
                    ? $"{intervals} What the baseline would have answered is not in the models' cards."
                    : intervals,
            Of = "Model",
            Columns =
            [
                new("Value"),
                new("Low"),
                new("High"),
                new("Promised"),
                .. hasBaseline ? [new("Baseline"), new("Gain")] : Array.Empty<Axis>(),
                new("Predictions", Unit.Count),
            ],
            Rows =
            [
                .. Shown(rows)
                    .Select(row => new TableRow(
                        row.Model ?? "all, as they served",
                        [
                            row.Value,
                            row.Low,
                            row.High,
                            row.Promised,
                            .. hasBaseline ? [row.Baseline, row.Gain] : Array.Empty<double?>(),
                            row.Rows,
                        ],
                        $"cutoffs after {Text(row.Cutoffs.From)}, up to {Text(row.Cutoffs.To)}"
                    )),
            ],
        };

        string Text(DateTimeOffset instant) =>
            clock.Local(instant).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
    }
}
