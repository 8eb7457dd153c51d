using System.Globalization;

namespace Trainyard.Pipelines;

/// <summary>Which blocks of a clock, one <see cref="Every"/> each, are like one another: days of the same weekday,
/// hours of the same hour of the week. Weeks are all alike, and so are months.</summary>
public sealed class Seasons(Clock clock)
{
    private const int Hours = 24;
    private readonly LocalTimes _times = new(clock);

    /// <summary>The season of a block, by the as-of at its end: that of the run that reads it.</summary>
    public int Of(DateTimeOffset asOf)
    {
        var local = _times.Of(asOf);
        return clock.Every switch
        {
            Every.Hour => ((int)local.DayOfWeek * Hours) + local.Hour,
            Every.Day => (int)local.DayOfWeek,
            _ => 0,
        };
    }

    /// <summary>How coarse seasons can be, to have more blocks each: of hours the hour of the week, the hour of the
    /// day, none; of days the weekday, none.</summary>
    public int Coarsest =>
        clock.Every switch
        {
            Every.Hour => 2,
            Every.Day => 1,
            _ => 0,
        };

    /// <summary>The season that a season belongs to where they are so coarse.</summary>
    public int Coarser(int season, int coarseness) =>
        coarseness == 0 ? season
        : coarseness == Coarsest ? 0
        : season % Hours;

    /// <summary>What blocks of a season have in common where seasons are so coarse, as in "of the same weekday"; null
    /// where they are all alike.</summary>
    public string? Common(int coarseness) =>
        coarseness == Coarsest ? null
        : clock.Every == Every.Day ? "of the same weekday"
        : coarseness == 0 ? "of the same hour of the week"
        : "of the same hour of the day";

    /// <summary>The blocks of a season, as in "the 48 days with an as-of on a Monday".</summary>
    public string Words(int season, int blocks)
    {
        var unit = Counted.Of(blocks, EnumText.Of(clock.Every));
        return clock.Every switch
        {
            Every.Hour => string.Create(
                CultureInfo.InvariantCulture,
                $"{unit} with an as-of on a {(DayOfWeek)(season / Hours)} at {season % Hours:00}:00"
            ),
            Every.Day => $"{unit} with an as-of on a {(DayOfWeek)season}",
            _ => unit,
        };
    }
}
