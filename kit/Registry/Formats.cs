using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Registry;

/// <summary>Numbers as people write them. A space before a unit does not break; a minus is a minus.</summary>
public static class Formats
{
    private const char Space = '\u00a0';

    /// <summary>What stands where there is no value.</summary>
    public const string None = "–";

    /// <summary>80,029</summary>
    public static string Count(long count) => Sign(count.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>80,029 rows, 1 row</summary>
    public static string Count(long count, string noun) => Sign(Counted.Of(count, noun).Replace(' ', Space));

    /// <summary>A metric or a prediction: three decimals, fewer where the number is large, more where it is
    /// tiny.</summary>
    public static string Metric(double? value) =>
        value is not { } number || !double.IsFinite(number) ? None : Sign(Digits(number));

    /// <summary>A figure among others that it is compared with.</summary>
    public static string Metric(MetricText text, double? value) =>
        value is { } number && double.IsFinite(number) ? Sign(text.Of(number)) : None;

    /// <summary>A difference, with its sign.</summary>
    public static string Gain(MetricText text, double? value) =>
        value is not { } number || !double.IsFinite(number) ? None
        : text.Of(number) is var digits && number > 0 && !digits.AsSpan().Trim("0.").IsEmpty ? $"+{digits}"
        : Sign(digits);

    /// <summary>A value in a column of a table: as many decimals as the greatest of the column needs.</summary>
    public static string Aligned(double value, double greatest) =>
        !double.IsFinite(value)
            ? None
            : Sign(
                Number(
                    value,
                    greatest switch
                    {
                        < 1 => "0.0000",
                        < 10 => "0.000",
                        < 100 => "0.00",
                        < 1000 => "0.0",
                        _ => "#,0",
                    }
                )
            );

    /// <summary>13.8 %</summary>
    public static string Share(double? share) =>
        share is not { } number || !double.IsFinite(number) ? None
        : number is > 0 and < 0.001 ? $"<{Space}0.1{Space}%"
        : number is > 0.999 and < 1 ? $">{Space}99.9{Space}%"
        : $"{(number * 100).ToString(number is 0 or 1 ? "0" : "0.0", CultureInfo.InvariantCulture)}{Space}%";

    /// <summary>A share of two counts.</summary>
    public static string Share(long part, long whole) => whole == 0 ? None : Share((double)part / whole);

    /// <summary>3.2 s, 2 min 5 s, 1 h 4 min</summary>
    public static string Seconds(double seconds) =>
        seconds switch
        {
            < 0.995 => $"{Number(seconds, "0.00")}{Space}s",
            < 99.95 => $"{Number(seconds, "0.0")}{Space}s",
            < 3599.5 => $"{(int)(seconds + 0.5) / 60}{Space}min {(int)(seconds + 0.5) % 60}{Space}s",
            _ => $"{(int)(seconds / 60 + 0.5) / 60}{Space}h {(int)(seconds / 60 + 0.5) % 60}{Space}min",
        };

    /// <summary>310 MB; thousands, not 1,024s.</summary>
    public static string Bytes(long bytes)
    {
        string[] units = ["B", "kB", "MB", "GB", "TB"];
        var (value, unit) = ((double)bytes, 0);
        while (value >= 999.5 && unit < units.Length - 1)
        {
            (value, unit) = (value / 1000, unit + 1);
        }

        return $"{Number(value, unit > 0 && value < 9.95 ? "0.0" : "0")}{Space}{units[unit]}";
    }

    /// <summary>A value of a column: four figures, no more decimals than it has, thousands parted from 10,000
    /// on.</summary>
    public static string Value(double value)
    {
        if (!double.IsFinite(value))
        {
            return None;
        }

        var size = Math.Abs(value);
        return Sign(
            size switch
            {
                0 => "0",
                >= 1e15 or < 1e-4 => value.ToString("0.###e0", CultureInfo.InvariantCulture),
                >= 10_000 => Number(value, "#,0"),
                >= 1000 => Number(value, "0.#"),
                >= 100 => Number(value, "0.#"),
                >= 10 => Number(value, "0.##"),
                >= 1 => Number(value, "0.###"),
                _ => Number(value, "0.####"),
            }
        );
    }

    /// <summary>A figure as its axis asks for.</summary>
    public static string Of(Axis axis, double? value) =>
        axis.Unit switch
        {
            Unit.Share => Share(value),
            Unit.Count => value is { } count && double.IsFinite(count) ? Count((long)count) : None,
            _ => Metric(value),
        };

    /// <summary>A name at the head of a column.</summary>
    public static string Heading(string name) =>
        name.Length == 0 ? name : string.Concat(char.ToUpperInvariant(name[0]).ToString(), name.AsSpan(1));

    /// <summary>The first twelve digits of a hash, enough for people to tell two apart.</summary>
    public static string Short(string hash) => hash.Length > 12 ? hash[..12] : hash;

    /// <summary>A list as people write it: a, b and c.</summary>
    public static string Join(IReadOnlyList<string> words) =>
        words.Count < 2 ? string.Concat(words) : $"{string.Join(", ", words.SkipLast(1))} and {words[^1]}";

    private static string Digits(double number) =>
        Math.Abs(number) switch
        {
            0 => "0",
            < 1e-9 => number.ToString("0.#e0", CultureInfo.InvariantCulture),
            < 0.0005 => (
                (decimal)double.Parse(number.ToString("G2", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
            ).ToString("0.##########", CultureInfo.InvariantCulture),
            < 9.9995 => Number(number, "0.000"),
            < 99.995 => Number(number, "0.00"),
            < 999.95 => Number(number, "0.0"),
            _ => Number(number, "#,0"),
        };

    private static string Number(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);

    private static string Sign(string number) => number.Replace('-', '−');
}
