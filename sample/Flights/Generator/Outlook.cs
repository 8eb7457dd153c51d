using Trainyard.Pipelines;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights.Generator;

/// <summary>
/// How likely each flight of a day is to be late: seen from midnight, and as the day then turns out. What the day
/// brings
/// (weather, the state of the airports and airlines) hits many flights at once, so rows of a day are not independent.
/// </summary>
internal sealed class Outlook
{
    private const double Level = -2.35;
    private const double OriginWeight = 0.5;
    private const double AirlineWeight = 0.45;
    private const double WeatherWeight = 0.5;
    private const double CrowdWeight = 0.35;
    private const double AgeWeight = 0.012;

    private readonly Dictionary<string, Drift> _origins;
    private readonly Dictionary<string, Drift> _airlines;
    private readonly Sky _sky;
    private IReadOnlyList<double> _severities = [];

    public Outlook(Sky sky, Chance chance)
    {
        _sky = sky;
        _origins = Network.Origins.ToDictionary(origin => origin, _ => new Drift(0.6, chance));
        _airlines = Network.Airlines.ToDictionary(airline => airline.Carrier, _ => new Drift(0.93, chance));
    }

    /// <summary>What line, plane and timetable do to the log odds: known at midnight, and so on every day.</summary>
    /// <param name="crowding">Departures from the origin in the flight's hour, over the average of all hours.</param>
    public static double Steady(FlightLine line, Plane plane, int year, double crowding) =>
        Level
        + line.Habit
        + (CrowdWeight * Math.Log(crowding))
        + (plane.IsRegistered ? AgeWeight * (year - plane.Year - 10) : 0);

    /// <summary>What can be known at midnight of what the day will add; to be asked before
    /// <see cref="PassDay"/>.</summary>
    public Odds Ahead(FlightLine line) =>
        Weighted(OriginWeight, Ahead(_origins[line.Origin.Faa]))
        + Weighted(AirlineWeight, Ahead(_airlines[line.Airline.Carrier]))
        + Weighted(WeatherWeight, _sky.Expect(Hour(line)));

    /// <summary>What the day did add; to be asked after <see cref="PassDay"/>.</summary>
    public double Turned(FlightLine line) =>
        (OriginWeight * _origins[line.Origin.Faa].Value)
        + (AirlineWeight * _airlines[line.Airline.Carrier].Value)
        + (WeatherWeight * _severities[Math.Min(Hour(line), _severities.Count - 1)]);

    /// <summary>The share of flights that bad weather is going to cancel.</summary>
    public double CancelledAhead => 0.015 + (0.02 * Math.Max(0, _sky.LastNight - 1));

    public void PassDay(DateOnly date, Clock clock, TextWriter weatherRows)
    {
        foreach (var drift in _origins.Values.Concat(_airlines.Values))
        {
            drift.Step();
        }

        _severities = _sky.PassDay(date, clock, weatherRows);
    }

    private static int Hour(FlightLine line) => line.Departs / 60;

    private static Odds Ahead(Drift drift) => new(drift.Expected(), drift.Variance());

    private static Odds Weighted(double weight, Odds odds) => new(weight * odds.Mean, weight * weight * odds.Variance);
}
