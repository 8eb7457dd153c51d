using Trainyard.Pipelines;
using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Flights.Generator;

/// <summary>
/// The weather over New York: one severity that wanders from hour to hour, and what the three stations measure of it.
/// Calm is below zero, a storm above two.
/// </summary>
internal sealed class Sky(Chance chance)
{
    private const double Memory = 0.975;
    private const double RowLost = 0.004;

    private readonly Drift _severity = new(Memory, chance);

    public static string Header =>
        "origin,year,month,day,hour,temp,dewp,humid,wind_dir,wind_speed,wind_gust,precip,pressure,visib,time_hour";

    /// <summary>The severity in the last hour before the next day.</summary>
    public double LastNight => _severity.Value;

    /// <summary>What can be expected of the severity at an hour of the next day, and the variance about that.</summary>
    public Odds Expect(int hour) => new(_severity.Expected(hour + 1), _severity.Variance(hour + 1));

    /// <summary>Lets a day pass, writes its rows, and returns the severity of its hours.</summary>
    public IReadOnlyList<double> PassDay(DateOnly date, Clock clock, TextWriter rows)
    {
        var severities = new List<double>(25);
        var end = clock.StartOf(date.AddDays(1));
        for (var hour = clock.StartOf(date); hour < end; hour = hour.AddHours(1))
        {
            _severity.Step();
            severities.Add(_severity.Value);
            foreach (var origin in Network.Origins)
            {
                WriteRow(origin, hour, clock.Local(hour), rows);
            }
        }

        return severities;
    }

    private void WriteRow(string origin, DateTimeOffset hour, DateTime local, TextWriter rows)
    {
        var severity = _severity.Value + chance.Normal(0, 0.15);
        var temp =
            54
            - (24 * Math.Cos(2 * Math.PI * (local.DayOfYear - 20) / 365))
            - (6 * Math.Cos(2 * Math.PI * (local.Hour - 3) / 24))
            - (2 * severity)
            + chance.Normal(0, 1);
        var humid = Math.Clamp(62 + (13 * severity) + chance.Normal(0, 6), 15, 100);
        var wind = Math.Max(0, 9.5 + (3.5 * severity) + chance.Normal(0, 2.5));
        var gust = wind > 17 ? Text(wind * 1.35) : "";
        var direction = chance.Is(0.02) ? "" : $"{10 * chance.Below(37)}";
        var rain = Math.Max(0, 0.05 * (severity - 1.1));
        var pressure = chance.Is(0.1) ? "" : Text(1017 - (6.5 * severity) + chance.Normal(0, 0.8));
        var sight = Math.Clamp(10 - (3 * Math.Max(0, severity - 1)), 0.25, 10);
        if (!chance.Is(RowLost))
        {
            rows.Write(
                $"{origin},{local.Year},{local.Month},{local.Day},{local.Hour},"
                    + $"{Text(temp)},{Text(temp - ((100 - humid) / 3))},{Text(humid)},{direction},"
                    + $"{Text(wind)},{gust},{Text(rain)},{pressure},{Text(sight)},"
                    + $"{hour.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\n"
            );
        }
    }

    private static string Text(double value) => value.ToString("0.##");
}
