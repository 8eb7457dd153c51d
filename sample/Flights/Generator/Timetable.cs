using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights.Generator;

/// <summary>The lines on offer and the planes that fly them.</summary>
internal sealed class Timetable
{
    /// <summary>More lines than fly on one day: some are for busy weekdays only.</summary>
    private const double LinesPerDailyFlight = 1.2;
    private const double RegisteredShare = 0.85;
    private const int FlightsPerPlane = 3;

    /// <summary>How many flights a weekday has, beside the others; Sunday is the first.</summary>
    private static readonly double[] Weekdays = [0.96, 1.04, 1.03, 1.03, 1.04, 1.05, 0.80];

    private readonly Chance _chance;

    private Timetable(Chance chance) => _chance = chance;

    public required IReadOnlyList<FlightLine> Lines { get; init; }

    public required IReadOnlyList<Plane> Planes { get; init; }

    public static Timetable Draw(int rowsPerDay, DateOnly start, Chance chance)
    {
        var fleets = Network.Airlines.ToDictionary(
            airline => airline,
            airline => Fleet(airline, rowsPerDay, start, chance)
        );
        var airlineHabits = Network.Airlines.ToDictionary(airline => airline, _ => chance.Normal(0, 0.32));
        var originHabits = Network.Origins.ToDictionary(origin => origin, _ => chance.Normal(0, 0.15));
        var destinations = Network.Airports.Where(airport => !Network.Origins.Contains(airport.Faa)).ToList();
        var destHabits = destinations.ToDictionary(dest => dest, _ => chance.Normal(0, 0.27));
        var popularity = destinations.Select(_ => chance.Exponential(1)).ToList();
        var shares = Network.Airlines.Select(airline => airline.Share).ToList();
        var origins = Network.Airports.Where(airport => Network.Origins.Contains(airport.Faa)).ToList();
        var numbers = Network.Airlines.ToDictionary(airline => airline, _ => 0);

        var lines = new List<FlightLine>();
        for (var i = 0; i < rowsPerDay * LinesPerDailyFlight; i++)
        {
            var airline = chance.Pick(Network.Airlines, shares);
            var origin = origins[chance.Below(origins.Count)];
            var dest = chance.Pick(destinations, popularity);
            var distance = Network.Miles(origin, dest);
            var departs = Departure(chance);
            var fleet = fleets[airline];
            lines.Add(
                new FlightLine
                {
                    Airline = airline,
                    Number = numbers[airline] += 1 + chance.Below(3),
                    Origin = origin,
                    Dest = dest,
                    Distance = distance,
                    Departs = departs,
                    Duration = 5 * (int)Math.Round((45 + (distance / 7.7)) / 5),
                    Planes = [.. Enumerable.Range(0, 6).Select(_ => fleet[chance.Below(fleet.Count)])],
                    Habit =
                        airlineHabits[airline]
                        + originHabits[origin.Faa]
                        + destHabits[dest]
                        + chance.Normal(0, 0.22)
                        + HourHabit(departs),
                    Rank = chance.Uniform(),
                }
            );
        }

        return new Timetable(chance) { Lines = lines, Planes = [.. fleets.Values.SelectMany(fleet => fleet)] };
    }

    /// <summary>How many flights each day has: weekdays differ, the total does not.</summary>
    public static IReadOnlyList<int> Sizes(DateOnly start, int days, long rows)
    {
        var weights = Enumerable.Range(0, days).Select(day => Weekdays[(int)start.AddDays(day).DayOfWeek]).ToList();
        var (total, weight, given) = (weights.Sum(), 0.0, 0L);
        var sizes = new List<int>(days);
        foreach (var share in weights)
        {
            weight += share;
            var upTo = (long)Math.Round(rows * weight / total);
            sizes.Add((int)(upTo - given));
            given = upTo;
        }

        return sizes;
    }

    /// <summary>The flights of a day, in the order of departure.</summary>
    public IReadOnlyList<FlightLine> OfDay(int flights) =>
        [.. Lines.OrderBy(line => line.Rank + _chance.Normal(0, 0.05)).Take(flights).OrderBy(line => line.Departs)];

    private static List<Plane> Fleet(Airline airline, int rowsPerDay, DateOnly start, Chance chance)
    {
        var letters = $"{airline.Carrier[0]}{airline.Carrier[1]}".Replace("9", "N").Replace("6", "X");
        var seats = airline.Share > 0.09 ? 150 : 70;
        return
        [
            .. Enumerable
                .Range(0, 4 + (int)(rowsPerDay * airline.Share / FlightsPerPlane))
                .Select(i => new Plane(
                    $"N{101 + i}{letters}",
                    start.Year - Math.Min(28, (int)chance.Exponential(10)),
                    seats + (5 * chance.Below(16)),
                    chance.Is(RegisteredShare)
                )),
        ];
    }

    /// <summary>A bank in the morning, one in the evening, some flights between, and a few near midnight.</summary>
    private static int Departure(Chance chance)
    {
        var minute = chance.Uniform() switch
        {
            < 0.40 => chance.Normal(7.75 * 60, 80),
            < 0.80 => chance.Normal(17 * 60, 110),
            < 0.99 => (6 * 60) + (chance.Uniform() * 16 * 60),
            _ => 23 * 60 + (chance.Uniform() * 60),
        };
        return Math.Clamp((int)minute, 5 * 60, (24 * 60) - 1);
    }

    /// <summary>Delays of the day add up until the evening.</summary>
    private static double HourHabit(int departs) =>
        0.72 * Math.Sin(Math.PI * Math.Clamp((departs - (13.0 * 60)) / (14 * 60), -0.5, 0.5));
}
