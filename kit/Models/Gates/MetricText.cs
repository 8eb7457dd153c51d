using System.Globalization;
using Trainyard.Registry;

namespace Trainyard.Models.Gates;

/// <summary>Figures as people read them.</summary>
public static class MetricText
{
    /// <summary>Three decimals, fewer for great numbers.</summary>
    public static string Of(double value) =>
        value.ToString(
            Math.Abs(value) switch
            {
                >= 1000 => "N0",
                >= 100 => "F1",
                >= 10 => "F2",
                _ => "F3",
            },
            CultureInfo.InvariantCulture
        );

    /// <summary>A value with its interval: <c>0.701 (0.684 to 0.717)</c>.</summary>
    public static string Of(Estimate estimate) =>
        Of(estimate.Value) + (estimate is { Low: { } low, High: { } high } ? $" ({Of(low)} to {Of(high)})" : "");
}
