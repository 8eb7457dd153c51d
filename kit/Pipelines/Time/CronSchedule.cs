using Cronos;

namespace Trainyard.Pipelines;

/// <summary>Cron expressions of five fields.</summary>
public static class CronSchedule
{
    /// <summary>Hours by which no zone's clocks are moved at once, but for a change of date line.</summary>
    private const int MostShift = 25;

    /// <summary>What is wrong with an expression, or null.</summary>
    public static string? Problem(string expression)
    {
        if (expression.TrimStart().StartsWith('@'))
        {
            return "macros such as @daily are not read by every cron";
        }

        try
        {
            CronExpression.Parse(expression);
            return null;
        }
        catch (CronFormatException broken)
        {
            return broken.Message;
        }
    }

    /// <summary>
    /// The instants at which a schedule in the clock's zone is due, from one instant to another, both included. Where
    /// clocks go back, what is
    /// due every hour is due in both hours, anything else once; where they skip a time, it is due right after.
    /// </summary>
    public static IEnumerable<DateTimeOffset> Occurrences(
        string expression,
        Clock clock,
        DateTimeOffset from,
        DateTimeOffset to
    )
    {
        // Cronos counts in wall time here, since it reads time zones from the system, and small images have none.
        var isHourly = expression.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1].StartsWith('*');
        return CronExpression
            .Parse(expression)
            .GetOccurrences(
                Wall(clock, from.AddHours(-MostShift)),
                Wall(clock, to.AddHours(MostShift)),
                fromInclusive: true,
                toInclusive: true
            )
            .SelectMany(wall => clock.InstantsOf(wall).Take(isHourly ? 2 : 1))
            .Where(instant => from <= instant && instant <= to)
            .Distinct();
    }

    private static DateTime Wall(Clock clock, DateTimeOffset instant) =>
        DateTime.SpecifyKind(clock.Local(instant), DateTimeKind.Utc);
}
