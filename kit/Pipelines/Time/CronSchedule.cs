namespace Trainyard.Pipelines;

/// <summary>
/// Cron expressions of five fields, as Airflow reads them (CronTriggerTimetable, over croniter): whoever checks what
/// Airflow starts must expect the very same instants. What it reads in a way of its own is no expression here.
/// </summary>
public sealed class CronSchedule
{
    private static readonly char[] Spaces = [' ', '\t', '\n', '\r'];

    private readonly CronField _minute;
    private readonly CronField _hour;
    private readonly CronField _dayOfMonth;
    private readonly CronField _month;
    private readonly CronField _dayOfWeek;

    private CronSchedule(string expression)
    {
        if (expression.TrimStart(Spaces).StartsWith('@'))
        {
            throw new FormatException("macros such as @daily are not read by every cron; write the five fields");
        }

        if (
            expression.Split(Spaces, StringSplitOptions.RemoveEmptyEntries)
            is not [var minute, var hour, var day, var month, var weekday]
        )
        {
            throw new FormatException(
                "it has not the five fields minute, hour, day of month, month and day of week (none for seconds)"
            );
        }

        (_minute, _hour, _dayOfMonth, _month, _dayOfWeek) = (
            CronField.Minute(minute),
            CronField.Hour(hour),
            CronField.DayOfMonth(day),
            CronField.Month(month),
            CronField.DayOfWeek(weekday)
        );
        if (!IsEither && SaysNothing(_dayOfWeek, _dayOfMonth) && !_month.Values.Any(IsInMonth))
        {
            throw new FormatException("there never is such a day");
        }

        // In a leap year, in which the 29th of February is.
        bool IsInMonth(int number) => _dayOfMonth.Values.Any(value => value <= DateTime.DaysInMonth(2024, number));
    }

    /// <summary>What is wrong with an expression, or null.</summary>
    public static string? Problem(string expression)
    {
        try
        {
            _ = new CronSchedule(expression);
            return null;
        }
        catch (FormatException broken)
        {
            return broken.Message;
        }
    }

    /// <summary>The instants at which a schedule in the clock's zone is due, from one instant to another, both
    /// included.</summary>
    public static IEnumerable<DateTimeOffset> Occurrences(
        string expression,
        Clock clock,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        var schedule = new CronSchedule(expression);
        return schedule
            .After(schedule.Settled(from, clock), clock)
            .SkipWhile(at => at < from)
            .TakeWhile(at => at <= to);
    }

    /// <summary>The instants after one at which Airflow would start a run if it had started one then.</summary>
    public static IEnumerable<DateTimeOffset> After(string expression, Clock clock, DateTimeOffset start) =>
        new CronSchedule(expression).After(start, clock);

    private IEnumerable<DateTimeOffset> After(DateTimeOffset start, Clock clock)
    {
        for (var at = Next(start, clock); ; at = Next(at, clock))
        {
            yield return at;
        }
    }

    /// <summary>
    /// Airflow counts from one instant to the next in wall time. What is due every hour comes so much time later, also
    /// where the clocks are moved meanwhile; anything else comes when clocks show that time: in the second of two such
    /// hours, and as much later as clocks skip.
    /// </summary>
    private DateTimeOffset Next(DateTimeOffset at, Clock clock)
    {
        var wall = clock.Local(at);
        var next = NextWall(wall);
        return _hour.IsEvery ? at + (next - wall) : clock.LastInstantOf(next);
    }

    /// <summary>
    /// An instant before another from which on the schedule is the same wherever it began: across a change of the
    /// clocks the next instant depends on the one before, until a day at which it is due anyway.
    /// </summary>
    private DateTimeOffset Settled(DateTimeOffset instant, Clock clock)
    {
        var day = clock.Local(instant).Date.AddDays(-2);
        while (!IsDue(day))
        {
            day = day.AddDays(-1);
        }

        return clock.LastInstantOf(day).AddMinutes(-1);
    }

    private DateTime NextWall(DateTime after)
    {
        var from = after.AddTicks(-(after.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        for (var day = from.Date; ; day = day.AddDays(1))
        {
            if (IsDue(day) && FirstOf(day, from) is { } found)
            {
                return found;
            }
        }
    }

    private DateTime? FirstOf(DateTime day, DateTime from)
    {
        for (var hour = day < from ? from.Hour : 0; hour < 24; hour++)
        {
            for (var minute = 0; _hour.Has(hour) && minute < 60; minute++)
            {
                if (_minute.Has(minute) && day.AddMinutes(hour * 60 + minute) is var found && found >= from)
                {
                    return found;
                }
            }
        }

        return null;
    }

    private bool IsDue(DateTime day)
    {
        var (inMonth, inWeek) = (_dayOfMonth.Has(day.Day), _dayOfWeek.Has((int)day.DayOfWeek));
        return _month.Has(day.Month) && (IsEither ? inMonth || inWeek : inMonth && inWeek);
    }

    /// <summary>A day of the month or of the week, where both are said.</summary>
    private bool IsEither => !SaysNothing(_dayOfMonth, _dayOfWeek) && !SaysNothing(_dayOfWeek, _dayOfMonth);

    /// <summary>All days one by one are a star only beside a star.</summary>
    private static bool SaysNothing(CronField field, CronField other) =>
        field.IsStar || (field.IsEvery && other.HasStar);
}
