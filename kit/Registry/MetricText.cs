using System.Globalization;

namespace Trainyard.Registry;

/// <summary>
/// Figures as people read them: three decimals, fewer for great numbers, more for small ones. What is said together has
/// as many digits as tell the figures apart that are compared, so that what is printed bears out what was decided.
/// </summary>
public sealed class MetricText
{
    /// <summary>The share of a metric below which a difference is the rounding of doubles.</summary>
    private const double Rounding = 1e-12;

    private const int MostDecimals = 9;
    private readonly string _format;

    private MetricText(string format) => _format = format;

    /// <summary>The text for a metric and what it is compared with.</summary>
    /// <param name="metric">The figure that sets the usual number of decimals.</param>
    /// <param name="size">The greatest of the figures, by which their rounding is judged.</param>
    /// <param name="compared">Pairs that must not look the same unless they are.</param>
    public static MetricText For(double metric, double size, params IEnumerable<(double One, double Other)> compared)
    {
        var pairs = compared.Where(pair => !AreEqual(pair.One, pair.Other, size)).ToList();
        return FormatsFor(metric)
            .Select(format => new MetricText(format))
            .First(text => text._format == "R" || pairs.TrueForAll(pair => text.Of(pair.One) != text.Of(pair.Other)));
    }

    /// <summary>The text for what was measured on the holdout, and beside the champion.</summary>
    /// <param name="limits">Limits that a figure was held against, each with it. Where the model has one answer that
    /// decides, and no figure: it differs from the baseline's by the rounding of its 32 bits, if at all.</param>
    public static MetricText For(
        Evaluation evaluation,
        ChampionComparison? champion,
        params IEnumerable<(double Figure, double Limit)> limits
    )
    {
        var (model, baseline) = (evaluation.Model.Metric, evaluation.Baseline?.Metric);
        return For(
            model.Value != 0 ? model.Value : baseline?.Value ?? 0,
            SizeOf(evaluation),
            evaluation.OnlyAnswer is not null
                ? []
                :
                [
                    (model.Value, baseline?.Value ?? model.Value),
                    (model.Value, 0),
                    .. FromNothing(evaluation.GainOverBaseline),
                    .. FromNothing(champion?.Gain),
                    .. limits,
                ]
        );
    }

    /// <summary>The size of a metric, by which its rounding is judged.</summary>
    public static double SizeOf(Evaluation evaluation) =>
        Math.Max(Math.Abs(evaluation.Model.Metric.Value), Math.Abs(evaluation.Baseline?.Metric.Value ?? 0));

    /// <summary>Whether two figures are the same but for the rounding of doubles, in a metric of this size.</summary>
    public static bool AreEqual(double one, double other, double size) =>
        one == other || Math.Abs(one - other) <= Rounding * Math.Max(Math.Abs(size), Math.Abs(other));

    public string Of(double value)
    {
        var text = value.ToString(_format, CultureInfo.InvariantCulture);

        // Nothing has no sign.
        return text.AsSpan().Trim("-0.,").IsEmpty ? text.TrimStart('-') : text;
    }

    /// <summary>A value with its interval: <c>0.701 (0.684 to 0.717)</c>.</summary>
    public string Of(Estimate estimate) =>
        Of(estimate.Value) + (Interval(estimate) is { } interval ? $" ({interval})" : "");

    /// <summary>The interval, or null where there is none.</summary>
    public string? Interval(Estimate estimate) =>
        estimate.HasInterval ? $"{Of(estimate.Low!.Value)} to {Of(estimate.High!.Value)}" : null;

    private static IEnumerable<(double, double)> FromNothing(Estimate? gain) =>
        new[] { gain?.Value, gain?.Low, gain?.High }.OfType<double>().Where(double.IsFinite).Select(end => (end, 0.0));

    private static IEnumerable<string> FormatsFor(double metric)
    {
        var least = Math.Abs(metric) switch
        {
            0 or >= 1000 => 0,
            >= 100 => 1,
            >= 10 => 2,
            >= 0.1 => 3,
            _ => 2 - (int)Math.Floor(Math.Log10(Math.Abs(metric))),
        };
        for (var decimals = least; decimals <= MostDecimals; decimals++)
        {
            yield return $"N{decimals}";
        }

        yield return "G4";
        yield return "G8";
        yield return "R";
    }
}
