using System.Globalization;
using Trainyard.Hosting;

namespace Trainyard.Sample.Tables;

/// <summary>What every made-up sample lets its caller choose.</summary>
internal static class SampleSettings
{
    /// <summary>Samples have days before the first and long after it.</summary>
    private const int FirstYear = 1900;
    private const int LastYear = 2200;

    public static Setting<int> Seed { get; } =
        Setting.Int(
            "--seed",
            "The seed of everything random: the same settings always make the same rows.",
            "1",
            1,
            least: 0
        );

    public static Setting<bool> Keep { get; } =
        Setting.Flag("--keep", "Leave the tables as they are when they already hold just this.");

    public static Setting<int> Days(int byDefault) =>
        Setting.Int("--days", "Make up so many days.", $"{byDefault}", byDefault, most: 36_500);

    public static Setting<int> Size(MadeUpSize size) =>
        Setting.Int($"--{size.Of}", $"Make up so many {size.Of}.", $"{size.Usual}", size.Usual, most: 10_000_000);

    public static Setting<DateOnly> Start(string byDefault) =>
        new(
            "--start",
            "The first day that is made up.",
            byDefault,
            byDefault,
            text =>
                DateOnly.TryParseExact(
                    text,
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var date
                ) && date.Year is >= FirstYear and <= LastYear
                    ? date
                    : throw new FormatException(
                        $"a date such as {byDefault} is expected, in the years {FirstYear} to {LastYear}"
                    )
        );
}
