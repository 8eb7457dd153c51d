using System.Globalization;

namespace Trainyard.Features;

/// <summary>
/// One row as a feature sees it: the columns it asked for, by their position in <see cref="IFeature.Inputs"/>.
/// A value read as another type than its column has is an error, not a guess.
/// </summary>
public abstract class FeatureRow
{
    /// <summary>Whether the value is null.</summary>
    public abstract bool IsNull(int input);

    /// <summary>A number (integers, numeric, floats; booleans are 0 and 1), or NaN where it is null.</summary>
    public abstract double Number(int input);

    /// <summary>The text of any column, as PostgreSQL writes it, or null.</summary>
    public abstract string? Text(int input);

    /// <summary>The instant of a timestamptz column, in UTC, or null.</summary>
    public abstract DateTimeOffset? Instant(int input);

    /// <summary>The value of a timestamp column (without zone), or of a date column at midnight, or null.</summary>
    public abstract DateTime? Local(int input);

    /// <summary>Makes a row from values, for the tests of a feature.</summary>
    /// <param name="values">Numbers, booleans, strings, <see cref="DateTimeOffset"/>, <see cref="DateTime"/>,
    /// <see cref="DateOnly"/> or null, in the order of <see cref="IFeature.Inputs"/>.</param>
    public static FeatureRow Of(params object?[] values) => new ValuesRow(values);

    private sealed class ValuesRow(object?[] values) : FeatureRow
    {
        public override bool IsNull(int input) => values[input] is null;

        public override double Number(int input) =>
            values[input] switch
            {
                null => double.NaN,
                bool flag => flag ? 1 : 0,
                string text => throw new InvalidCastException($"Input {input} is the text '{text}', not a number."),
                DateTime => throw new InvalidCastException($"Input {input} is a DateTime, not a number."),
                IConvertible number => number.ToDouble(CultureInfo.InvariantCulture),
                var other => throw new InvalidCastException(
                    $"Input {input} is a {other.GetType().Name}, not a number."
                ),
            };

        public override string? Text(int input) =>
            values[input] switch
            {
                null => null,
                bool flag => flag ? "t" : "f",
                DateTimeOffset instant => instant.UtcDateTime.ToString(
                    "yyyy-MM-dd HH:mm:ss.FFFFFF'+00'",
                    CultureInfo.InvariantCulture
                ),
                DateTime moment => moment.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
                DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                var other => Convert.ToString(other, CultureInfo.InvariantCulture),
            };

        public override DateTimeOffset? Instant(int input) =>
            values[input] switch
            {
                null => null,
                DateTimeOffset instant => instant.ToUniversalTime(),
                var other => throw new InvalidCastException(
                    $"Input {input} is a {other.GetType().Name}, not a DateTimeOffset."
                ),
            };

        public override DateTime? Local(int input) =>
            values[input] switch
            {
                null => null,
                DateOnly date => date.ToDateTime(TimeOnly.MinValue),
                DateTime moment => moment,
                var other => throw new InvalidCastException(
                    $"Input {input} is a {other.GetType().Name}, not a DateTime or DateOnly."
                ),
            };
    }
}
