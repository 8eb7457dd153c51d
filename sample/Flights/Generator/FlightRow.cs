using Trainyard.Pipelines;

namespace Trainyard.Sample.Flights.Generator;

/// <summary>Writes rows of flights.csv.</summary>
internal static class FlightRow
{
    private const int MinutesPerDay = 24 * 60;
    private const int TaxiMinutes = 25;
    private static readonly Dictionary<string, Clock> Clocks = [];

    public static string Header =>
        "flight_id,year,month,day,dep_time,sched_dep_time,dep_delay,arr_time,sched_arr_time,arr_delay,"
        + "carrier,flight,tailnum,origin,dest,air_time,distance,hour,minute,time_hour";

    /// <param name="rows">Where the row goes.</param>
    /// <param name="id">The flight's id.</param>
    /// <param name="date">New York's date.</param>
    /// <param name="midnight">The instant at which that date begins.</param>
    /// <param name="line">What flies.</param>
    /// <param name="tail">The tail number, or the empty text.</param>
    /// <param name="ending">How it ended.</param>
    public static void Write(
        TextWriter rows,
        int id,
        DateOnly date,
        DateTimeOffset midnight,
        FlightLine line,
        string tail,
        Ending ending
    )
    {
        var route = $"{line.Airline.Carrier},{line.Number},{tail},{line.Origin.Faa},{line.Dest.Faa}";
        if (ending.Fate == Fate.CancelledUnscheduled)
        {
            rows.Write($"{id},{date.Year},{date.Month},{date.Day},,,,,,,{route},,{line.Distance},,,\n");
            return;
        }

        var arrives = ArrivesLocally(midnight, line);
        var departed = ending.Fate != Fate.Cancelled;
        var departure = departed ? Hhmm(line.Departs + ending.DepartureDelay) : "";
        var landed = ending.Fate == Fate.Landed;
        var arrival = landed ? Hhmm(arrives + ending.ArrivalDelay) : "";
        var inTheAir = Math.Max(15, line.Duration + ending.ArrivalDelay - ending.DepartureDelay - TaxiMinutes);
        var hour = midnight.AddMinutes(line.Departs / 60 * 60).UtcDateTime;
        rows.Write(
            $"{id},{date.Year},{date.Month},{date.Day},"
                + $"{departure},{Hhmm(line.Departs)},{(departed ? ending.DepartureDelay : "")},"
                + $"{arrival},{Hhmm(arrives)},{(landed ? ending.ArrivalDelay : "")},"
                + $"{route},{(landed ? inTheAir : "")},{line.Distance},"
                + $"{line.Departs / 60},{line.Departs % 60},{hour:yyyy-MM-ddTHH:mm:ssZ}\n"
        );
    }

    /// <summary>The scheduled arrival by the clocks of the destination, in minutes after some midnight there.</summary>
    private static int ArrivesLocally(DateTimeOffset midnight, FlightLine line)
    {
        if (!Clocks.TryGetValue(line.Dest.Zone, out var clock))
        {
            Clocks[line.Dest.Zone] = clock = new Clock { Zone = line.Dest.Zone };
        }

        return (int)clock.Local(midnight.AddMinutes(line.Departs + line.Duration)).TimeOfDay.TotalMinutes;
    }

    private static string Hhmm(int minutes)
    {
        var minute = ((minutes % MinutesPerDay) + MinutesPerDay) % MinutesPerDay;
        return $"{(minute / 60 * 100) + (minute % 60)}";
    }
}
