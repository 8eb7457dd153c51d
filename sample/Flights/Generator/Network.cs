using System.Globalization;
using System.Reflection;

namespace Trainyard.Sample.Flights.Generator;

/// <summary>An airport; <see cref="Row"/> is its line in airports.csv.</summary>
internal sealed record Airport(string Faa, double Latitude, double Longitude, string Zone, string Row);

/// <summary>An airline, and how many of the flights are its own.</summary>
internal sealed record Airline(string Carrier, string Name, double Share);

/// <summary>Who flies, and where to.</summary>
internal static class Network
{
    private const double EarthRadiusMiles = 3958.8;

    public static IReadOnlyList<string> Origins { get; } = ["EWR", "JFK", "LGA"];

    /// <summary>Destinations that the table airports lacks, as in the real data.</summary>
    public static IReadOnlySet<string> Unlisted { get; } = new HashSet<string> { "BQN", "SJU", "STT" };

    public static IReadOnlyList<Airline> Airlines { get; } =
    [
        new("9E", "Endeavor Air Inc.", 0.055),
        new("AA", "American Airlines Inc.", 0.10),
        new("AS", "Alaska Airlines Inc.", 0.01),
        new("B6", "JetBlue Airways", 0.165),
        new("DL", "Delta Air Lines Inc.", 0.145),
        new("EV", "ExpressJet Airlines Inc.", 0.165),
        new("F9", "Frontier Airlines Inc.", 0.01),
        new("MQ", "Envoy Air", 0.08),
        new("UA", "United Air Lines Inc.", 0.175),
        new("US", "US Airways Inc.", 0.06),
        new("WN", "Southwest Airlines Co.", 0.035),
    ];

    public static string AirportsHeader { get; }

    public static IReadOnlyList<Airport> Airports { get; }

    static Network()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("flights.airports.csv")!;
        using var reader = new StreamReader(stream);
        AirportsHeader = reader.ReadLine()!;
        var airports = new List<Airport>();
        while (reader.ReadLine() is { } row)
        {
            var fields = row.Split(',');
            airports.Add(new Airport(fields[0], Number(fields[2]), Number(fields[3]), fields[7], row));
        }

        Airports = airports;
    }

    /// <summary>The great-circle distance in miles.</summary>
    public static int Miles(Airport from, Airport to)
    {
        var (lat1, lat2) = (Radians(from.Latitude), Radians(to.Latitude));
        var chord =
            Square(Math.Sin((lat2 - lat1) / 2))
            + (Math.Cos(lat1) * Math.Cos(lat2) * Square(Math.Sin(Radians(to.Longitude - from.Longitude) / 2)));
        return (int)Math.Round(2 * EarthRadiusMiles * Math.Asin(Math.Sqrt(chord)));
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;

    private static double Square(double value) => value * value;

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
