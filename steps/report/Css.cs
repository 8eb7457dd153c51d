using System.Globalization;

namespace Trainyard.Steps.Report;

/// <summary>Lengths for styles.</summary>
internal static class Css
{
    /// <summary>From 0 to 100 %.</summary>
    public static string Percent(double share) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Math.Clamp(double.IsFinite(share) ? share : 0, 0, 1) * 100:0.##}%"
        );
}
