using System.Globalization;

namespace Trainyard.Sample.Tables;

/// <summary>Instants as both databases read them.</summary>
internal static class Instants
{
    /// <param name="day">Since the first, with its part: 1.5 is noon of the second.</param>
    public static string Of(DateOnly start, double day) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{start.ToDateTime(TimeOnly.MinValue).AddSeconds(Math.Floor(day * 86_400)):yyyy-MM-dd HH:mm:ss}+00"
        );
}
