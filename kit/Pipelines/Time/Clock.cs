using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;

namespace Trainyard.Pipelines;

/// <summary>
/// The pipeline's clock: how often it predicts, and in which time zone days begin. All arithmetic on instants goes
/// through it; instants are <see cref="DateTimeOffset"/> in UTC.
/// </summary>
public sealed record Clock
{
    [Description("The IANA time zone in which days, weeks and months begin, such as America/New_York.")]
    public string Zone { get; init; } = "UTC";

    [Description("How often the pipeline predicts; an as-of is floored to it.")]
    public Every Every { get; init; } = Every.Day;

    private DateTimeZone Tz => DateTimeZoneProviders.Tzdb[Zone];

    public static bool IsZone(string zone) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is not null;

    public static IReadOnlyCollection<string> Zones => DateTimeZoneProviders.Tzdb.Ids;

    /// <summary>The start of the hour, day, week (Monday) or month that holds the instant, in the zone.</summary>
    public DateTimeOffset Floor(DateTimeOffset instant)
    {
        var zoned = Instant.FromDateTimeOffset(instant).InZone(Tz);
        if (Every == Every.Hour)
        {
            // Subtracting the local minutes keeps the two 01:00 hours of an autumn night apart. Where clocks go back by
            // half an hour the result can stand at half past again, before they did.
            while (zoned.TickOfDay % NodaConstants.TicksPerHour is var past and not 0)
            {
                zoned = zoned.PlusTicks(-past);
            }

            return Utc(zoned.ToInstant());
        }

        var day = zoned.Date;
        var first = Every switch
        {
            Every.Week => day.PlusDays(1 - (int)day.DayOfWeek),
            Every.Month => new LocalDate(day.Year, day.Month, 1),
            _ => day,
        };
        return Utc(StartOfDay(first));
    }

    /// <summary>The as-of before one.</summary>
    public DateTimeOffset Previous(DateTimeOffset asOf) => Floor(asOf.AddTicks(-1));

    /// <summary>One <see cref="Every"/> as a length of time.</summary>
    [JsonIgnore]
    public Span Interval =>
        new(
            1,
            Every switch
            {
                Every.Hour => SpanUnit.Hour,
                Every.Week => SpanUnit.Week,
                Every.Month => SpanUnit.Month,
                _ => SpanUnit.Day,
            }
        );

    public DateTimeOffset Add(DateTimeOffset instant, Span span) => Move(instant, span.Count, span.Unit);

    public DateTimeOffset Subtract(DateTimeOffset instant, Span span) => Move(instant, -span.Count, span.Unit);

    /// <summary>The last instant from which a span has passed for certain: where the day it begins on never was, one on
    /// the day before.</summary>
    public DateTimeOffset Ago(DateTimeOffset instant, Span span) =>
        Move(instant, -span.Count, span.Unit, orBefore: true);

    /// <summary>The wall time in the zone.</summary>
    public DateTime Local(DateTimeOffset instant) =>
        Instant.FromDateTimeOffset(instant).InZone(Tz).ToDateTimeUnspecified();

    /// <summary>The instants at which clocks in the zone show a wall time: two where they go back over it, and where
    /// they skip it the first after.</summary>
    public IReadOnlyList<DateTimeOffset> InstantsOf(DateTime wall)
    {
        var map = Tz.MapLocal(LocalDateTime.FromDateTime(wall));
        return map.Count switch
        {
            0 => [Utc(map.LateInterval.Start)],
            1 => [Utc(map.Single().ToInstant())],
            _ => [Utc(map.First().ToInstant()), Utc(map.Last().ToInstant())],
        };
    }

    /// <summary>The last instant at which clocks in the zone show a wall time; where they skip it, as much later as
    /// they
    /// skip.</summary>
    public DateTimeOffset LastInstantOf(DateTime wall)
    {
        var local = LocalDateTime.FromDateTime(wall);
        var map = Tz.MapLocal(local);
        return Utc(
            map.Count == 0 ? local.WithOffset(map.EarlyInterval.WallOffset).ToInstant() : map.Last().ToInstant()
        );
    }

    /// <summary>Whether clocks in the zone have ever shown a date: who changes sides of the date line skips
    /// one.</summary>
    public bool Has(DateOnly date) =>
        StartOfDay(LocalDate.FromDateOnly(date)).InZone(Tz).Date == LocalDate.FromDateOnly(date);

    /// <summary>The instant of midnight (or the day's first moment) of a date in the zone; of a day that never was, of
    /// the
    /// next.</summary>
    public DateTimeOffset StartOf(DateOnly date) => Utc(StartOfDay(LocalDate.FromDateOnly(date)));

    private DateTimeOffset Move(DateTimeOffset instant, int count, SpanUnit unit, bool orBefore = false)
    {
        var start = Instant.FromDateTimeOffset(instant);
        if (unit == SpanUnit.Hour)
        {
            return Utc(start + Duration.FromHours(count));
        }

        var period = unit switch
        {
            SpanUnit.Week => Period.FromWeeks(count),
            SpanUnit.Month => Period.FromMonths(count),
            _ => Period.FromDays(count),
        };
        var zoned = start.InZone(Tz);
        var wall = zoned.LocalDateTime.Plus(period);
        // The start of a day goes to the start of a day, also where one of them is not at 00:00.
        var isDay = start == StartOfDay(zoned.Date);
        var end = isDay ? StartOfDay(wall.Date) : wall.InZoneLeniently(Tz).ToInstant();
        // On a day that never was it came out a day later, and who goes back by a day has to arrive before.
        return Utc(
            count < 0 && end.InZone(Tz).Date > wall.Date && (orBefore || end >= start)
                ? isDay
                    ? StartOfDay(wall.Date.PlusDays(-1))
                    : wall.PlusDays(-1).InZoneLeniently(Tz).ToInstant()
                : end
        );
    }

    /// <summary>The first moment of a date; of one that never was, of the next.</summary>
    private Instant StartOfDay(LocalDate date)
    {
        var map = Tz.MapLocal(date.AtMidnight());
        return map.Count > 0 ? map.First().ToInstant() : map.LateInterval.Start;
    }

    private static DateTimeOffset Utc(Instant instant) => instant.ToDateTimeOffset();
}

[JsonConverter(typeof(JsonStringEnumConverter<Every>))]
public enum Every
{
    [JsonStringEnumMemberName("hour")]
    Hour,

    [JsonStringEnumMemberName("day")]
    Day,

    [JsonStringEnumMemberName("week")]
    Week,

    [JsonStringEnumMemberName("month")]
    Month,
}
