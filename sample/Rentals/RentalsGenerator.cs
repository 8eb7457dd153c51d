using Trainyard.Sample.Tables;

namespace Trainyard.Sample.Rentals;

/// <summary>
/// Makes up the rentals of a town's bicycles, hour by hour: commuters on working days, strollers on the others, more
/// when it is warm and dry, more each year, and Poisson-like chance. One plan always gives the same file.
/// </summary>
internal sealed class RentalsGenerator(MadeUpPlan plan)
{
    public static MadeUp Of { get; } =
        new(
            "rentals",
            "bicycles rented by the hour, with weather and calendar",
            Days: 732,
            "2011-01-01",
            Size: null,
            Edition: 1,
            [new MadeUpTable("rentals", plan => new RentalsGenerator(plan).Lines())]
        );

    private const string Header =
        "hour_start,rented,temperature,feels_like,humidity,windspeed,workingday,holiday,season,weather";
    private const double NotCounted = 0.001;
    private const double NotMeasured = 0.002;

    private static readonly string[] Weathers = ["clear", "cloudy", "rain", "storm"];
    private static readonly double[] Dampens = [1, 0.9, 0.5, 0.25];

    /// <summary>Month and day: the same each year, so that a model can learn them.</summary>
    private static readonly (int, int)[] Holidays = [(1, 1), (5, 1), (7, 4), (10, 3), (12, 25), (12, 26)];

    private readonly Chance _sky = new(plan.Seed, 1);
    private readonly Chance _people = new(plan.Seed, 2);

    public IEnumerable<string> Lines()
    {
        yield return Header;
        var (warmer, sky) = (0.0, 0.2);
        for (var day = 0; day < plan.Days; day++)
        {
            // Weather stays for days: it drifts back to what the season brings.
            warmer = (0.8 * warmer) + _sky.Normal(0, 1.5);
            sky = Math.Clamp((0.6 * sky) + (0.4 * _sky.Uniform()), 0, 1);
            for (var hour = 0; hour < 24; hour++)
            {
                yield return Row(plan.Start.AddDays(day), hour, warmer, Math.Clamp(sky + _sky.Normal(0, 0.1), 0, 1));
            }
        }
    }

    private string Row(DateOnly date, int hour, double warmer, double sky)
    {
        var yearly = Math.Cos(2 * Math.PI * (date.DayOfYear - 200) / 365.25);
        var daily = Math.Cos(2 * Math.PI * (hour - 15) / 24);
        var temperature = 12 + (11 * yearly) + (4 * daily) + warmer + _sky.Normal(0, 0.5);
        var wind = Math.Abs(_sky.Normal(3, 2));
        var feels = temperature - (0.4 * wind);
        var humidity = Math.Clamp(45 + (40 * sky) - (8 * daily) + _sky.Normal(0, 4), 10, 100);
        var weather =
            sky < 0.45 ? 0
            : sky < 0.6 ? 1
            : sky < 0.85 ? 2
            : 3;
        var holiday = Holidays.Contains((date.Month, date.Day));
        var workingday = !holiday && date.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

        var years = (date.DayNumber - plan.Start.DayNumber) / 365.25;
        var pleasant = Math.Exp(-Math.Pow((feels - 24) / 16, 2));
        var expected =
            (1 + (0.3 * years))
            * Dampens[weather]
            * (0.15 + pleasant)
            * (workingday ? Commuting(hour) : Strolling(hour));
        var rented = Math.Max(0, Math.Round(expected + (Math.Sqrt(expected) * _people.Normal())));

        return $"{date:yyyy-MM-dd} {hour:00}:00:00+00,{(_people.Is(NotCounted) ? "" : $"{rented:0}")},"
            + $"{(_sky.Is(NotMeasured) ? "" : $"{temperature:0.0}")},{feels:0.0},{humidity:0},{wind:0.0},"
            + $"{(workingday ? 1 : 0)},{(holiday ? 1 : 0)},{SeasonOf(date.Month)},{Weathers[weather]}";
    }

    private static double Commuting(int hour) =>
        8 + (300 * Around(hour, 8, 1.2)) + (340 * Around(hour, 17.5, 1.6)) + (110 * Around(hour, 13, 4));

    private static double Strolling(int hour) => 15 + (260 * Around(hour, 14, 3.6)) + (60 * Around(hour, 22, 3));

    private static double Around(double hour, double center, double width) =>
        Math.Exp(-Math.Pow((hour - center) / width, 2) / 2);

    private static string SeasonOf(int month) =>
        month switch
        {
            12 or 1 or 2 => "winter",
            <= 5 => "spring",
            <= 8 => "summer",
            _ => "autumn",
        };
}
