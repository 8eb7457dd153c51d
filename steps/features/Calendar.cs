using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>A part of the calendar as a number.</summary>
internal sealed class Calendar(LocalTime time, CalendarPart part) : Computation
{
    public override void Write(Cell cell)
    {
        if (time.Value is { } local)
        {
            cell.Number(Of(local, part));
        }
        else
        {
            cell.Null();
        }
    }

    /// <summary>Days and weeks are those of ISO 8601: Monday is 1.</summary>
    public static int Of(DateTime local, CalendarPart part) =>
        part switch
        {
            CalendarPart.MinuteOfHour => local.Minute,
            CalendarPart.MinuteOfDay => (local.Hour * 60) + local.Minute,
            CalendarPart.HourOfDay => local.Hour,
            CalendarPart.DayOfWeek => local.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)local.DayOfWeek,
            CalendarPart.DayOfMonth => local.Day,
            CalendarPart.DayOfYear => local.DayOfYear,
            CalendarPart.WeekOfYear => ISOWeek.GetWeekOfYear(local),
            CalendarPart.Month => local.Month,
            CalendarPart.Quarter => (local.Month + 2) / 3,
            _ => local.Year,
        };
}
