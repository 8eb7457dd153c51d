using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Report.Charts;

/// <summary>What report.js needs of an exhibit; kinds that are tables have no chart.</summary>
internal static class ExhibitChart
{
    public static Chart? Of(Exhibit exhibit, Times times) =>
        exhibit switch
        {
            CurveExhibit curve => Chart("curve", curve, Curve(curve)),
            LinesExhibit lines => Chart("lines", lines, Lines(lines)),
            BinsExhibit bins => Chart("bins", bins, Bins(bins)),
            HistogramExhibit { Beside: { } beside } both => Chart("spread", both, Spread(both, beside)),
            HistogramExhibit alone => Chart("histogram", alone, Histogram(alone)),
            PeriodsExhibit periods => Chart("periods", periods, Periods(periods, times)),
            IntervalsExhibit intervals => Chart("intervals", intervals, Intervals(intervals)),
            RunExhibit run => Chart("run", run, Run(run)),
            SwarmExhibit swarm => Chart("swarm", swarm, Swarm(swarm)),
            _ => null,
        };

    private static Chart Chart(string kind, Exhibit exhibit, object data) =>
        new(kind, exhibit.Description ?? exhibit.Title, data);

    private static object Curve(CurveExhibit curve) =>
        new
        {
            X = ChartAxis.Of(curve.X),
            Y = ChartAxis.Of(curve.Y),
            Points = curve.Points.Select(point => new ChartPoint(Finite(point.X), Finite(point.Y))),
            curve.Diagonal,
            Level = Drawn(curve.Level),
            Mark = curve.Mark is { } mark && double.IsFinite(mark.X) && double.IsFinite(mark.Y) ? mark : null,
        };

    private static object Lines(LinesExhibit lines) =>
        new
        {
            X = ChartAxis.Of(lines.X),
            Y = ChartAxis.Of(lines.Y),
            Lines = lines.Lines.Select(line => new
            {
                line.Name,
                Points = line.Points.Select(point => new ChartPoint(Finite(point.X), Finite(point.Y))),
            }),
            lines.Diagonal,
        };

    private static object Bins(BinsExhibit bins) =>
        new
        {
            X = ChartAxis.Of(bins.Predicted),
            Y = ChartAxis.Of(bins.Observed),
            Points = bins.Bins.Select(bin => new ChartPoint(Finite(bin.Predicted), Finite(bin.Observed), bin.Rows)),
        };

    private static object Histogram(HistogramExhibit exhibit) =>
        new
        {
            X = ChartAxis.Of(exhibit.X),
            Bins = HistogramBin.Of(exhibit.Histogram),
            exhibit.Counted,
            Mark = Drawn(exhibit.Mark),
        };

    private static object Spread(HistogramExhibit exhibit, Beside beside) =>
        new
        {
            X = ChartAxis.Of(exhibit.X),
            Bins = HistogramBin.Of(exhibit.Histogram),
            exhibit.Counted,
            Beside = HistogramBin.Of(beside.Histogram),
            CountedBeside = beside.Counted,
            Mark = Drawn(exhibit.Mark),
        };

    private static object Periods(PeriodsExhibit exhibit, Times times) =>
        new
        {
            exhibit.Of,
            Y = ChartAxis.Of(exhibit.Y),
            Lines = exhibit.Lines.Select(line => new { line.Name, Role = EnumText.Of(line.Role) }),
            Points = exhibit.Periods.Select(period => new
            {
                From = times.Wall(period.From),
                period.Rows,
                Values = period.Values.Take(exhibit.Lines.Count).Select(Finite),
            }),
        };

    private static object Intervals(IntervalsExhibit exhibit) =>
        new
        {
            X = ChartAxis.Of(exhibit.X),
            Rows = exhibit.Rows.Select(row => new
            {
                Label = row.Name,
                Role = EnumText.Of(row.Role),
                Value = Finite(row.Estimate.Value),
                Low = Finite(row.Estimate.Low),
                High = Finite(row.Estimate.High),
            }),
        };

    private static object Run(RunExhibit exhibit) =>
        new
        {
            X = ChartAxis.Of(exhibit.X),
            Y = ChartAxis.Of(exhibit.Y),
            Stops = exhibit.Stops.Select(stop => new
            {
                At = Finite(stop.At),
                stop.Name,
                Value = Finite(stop.Value),
                stop.Rows,
            }),
        };

    private static object Swarm(SwarmExhibit exhibit) =>
        new
        {
            X = ChartAxis.Of(exhibit.X),
            Lines = exhibit.Lines.Select(line => new
            {
                line.Name,
                Values = line.Values.Select(value => Finite(value)),
                Shades = line.Shades.Select(Finite),
            }),
        };

    private static Level? Drawn(Level? level) => level is not null && double.IsFinite(level.Value) ? level : null;

    /// <summary>JSON has no NaN; report.js leaves a gap for null.</summary>
    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
