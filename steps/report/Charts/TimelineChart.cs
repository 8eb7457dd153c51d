using Trainyard.Registry;

namespace Trainyard.Steps.Report.Charts;

/// <summary>Rows a day, and the part of the split they are in.</summary>
internal static class TimelineChart
{
    public static Chart? Of(SplitCard split, Times times) =>
        split.Timeline.Count <= 1
            ? null
            : new Chart(
                "timeline",
                $"Rows a day: {Formats.Count(split.FitRows)} to fit, "
                    + (split.Folds is null ? $"{Formats.Count(split.ValidationRows)} to validate, " : "")
                    + $"{Formats.Count(split.HoldoutRows)} held out, with gaps between them.",
                new
                {
                    Days = split.Timeline.Select(day => new DayRows(
                        times.Wall(day.From),
                        Parts.Name(day.Part),
                        day.Rows
                    )),
                }
            );
}
