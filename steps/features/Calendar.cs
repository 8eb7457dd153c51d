using System.Globalization;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Steps.Features;

/// <summary>The wall time of a column in the pipeline's zone, computed once a row for all features that ask.</summary>
internal sealed class LocalTime(DatasetReader reader, int index, Clock clock)
{
    private readonly bool _isInstant = reader.Columns[index].Type == ColumnType.TimestampTz;
    private long _row;
    private DateTime? _value;

    public DateTime? Value
    {
        get
        {
            if (_row != reader.Row)
            {
                _row = reader.Row;
                _value = _isInstant ? reader.Instant(index) is { } instant ? clock.Local(instant) : null : reader.Local(index);
            }

            return _value;
        }
    }
}

/// <summary>A part of the calendar as a number, or its sine or cosine, so that 23:59 is near 00:00.</summary>
internal sealed class Calendar(LocalTime time, CalendarPart part, Wave? wave) : Computation
{
    private readonly double _period = FeaturePlan.Period(part) ?? double.NaN;

    public override void Write(DatasetWriter writer, ColumnProfiler profiler)
    {
        if (time.Value is not { } local)
        {
            WriteNull(writer, profiler);
            return;
        }

        var value = Of(local, part);
        if (wave is null)
        {
            writer.Integer(value);
            profiler.Add(writer.LastField, isNull: false, value);
            return;
        }

        var (sine, cosine) = Math.SinCos(Math.Tau * value / _period);
        WriteNumber(writer, profiler, wave == Wave.Sine ? sine : cosine);
    }

    /// <summary>Days and weeks are those of ISO 8601: Monday is 1.</summary>
    public static int Of(DateTime local, CalendarPart part) => part switch
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
