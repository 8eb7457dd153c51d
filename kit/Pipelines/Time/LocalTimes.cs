using NodaTime;

namespace Trainyard.Pipelines;

/// <summary>
/// Wall times in the zone of a clock, for many instants: it remembers between which two transitions the last one was,
/// so
/// that neighbours cost an addition. For one thread.
/// </summary>
public sealed class LocalTimes(Clock clock)
{
    private readonly DateTimeZone _zone = DateTimeZoneProviders.Tzdb[clock.Zone];
    private long _from = long.MaxValue;
    private long _until;
    private long _offset;

    /// <summary>The wall time of an instant. At the ends of the calendar it stays within the years 1 to 9999.</summary>
    public DateTime Of(DateTimeOffset instant)
    {
        var ticks = instant.UtcTicks;
        if (ticks < _from || ticks >= _until)
        {
            var interval = _zone.GetZoneInterval(Instant.FromDateTimeOffset(instant));
            _from = interval.HasStart ? interval.Start.ToUnixTimeTicks() + DateTime.UnixEpoch.Ticks : long.MinValue;
            _until = interval.HasEnd ? interval.End.ToUnixTimeTicks() + DateTime.UnixEpoch.Ticks : long.MaxValue;
            _offset = interval.WallOffset.Ticks;
        }

        return new DateTime(Math.Clamp(ticks + _offset, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks));
    }
}
