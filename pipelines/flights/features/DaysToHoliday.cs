using Trainyard.Features;

namespace Flights.Features;

/// <summary>
/// Days to the nearest holiday on which Americans travel: negative after it, 0 on it. Thanksgiving is the fourth
/// Thursday of November, which is a line of C# and a page of SQL.
/// </summary>
public sealed class DaysToHoliday : IFeature
{
    public string Name => "days_to_holiday";

    public FeatureKind Kind => FeatureKind.Number;

    public IReadOnlyList<string> Inputs { get; } = ["day_start"];

    public FeatureValue Compute(FeatureRow row)
    {
        // Midnight in New York is 04:00 or 05:00 UTC of the same date.
        if (row.Instant(0) is not { } dayStart)
        {
            return FeatureValue.Null;
        }

        var today = DateOnly.FromDateTime(dayStart.UtcDateTime);
        return FeatureValue.Of(
            Enumerable
                .Range(today.Year - 1, 3)
                .SelectMany(Holidays)
                .Select(holiday => (double)(holiday.DayNumber - today.DayNumber))
                .MinBy(Math.Abs)
        );
    }

    private static IEnumerable<DateOnly> Holidays(int year) =>
        [
            new(year, 1, 1),
            Last(DayOfWeek.Monday, year, 5),
            new(year, 7, 4),
            Nth(1, DayOfWeek.Monday, year, 9),
            Nth(4, DayOfWeek.Thursday, year, 11),
            new(year, 12, 25),
        ];

    private static DateOnly Nth(int n, DayOfWeek day, int year, int month)
    {
        var first = new DateOnly(year, month, 1);
        return first.AddDays(((day - first.DayOfWeek + 7) % 7) + (7 * (n - 1)));
    }

    private static DateOnly Last(DayOfWeek day, int year, int month)
    {
        var last = new DateOnly(year, month, DateTime.DaysInMonth(year, month));
        return last.AddDays(-((last.DayOfWeek - day + 7) % 7));
    }
}
