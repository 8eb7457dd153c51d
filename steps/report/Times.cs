using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Steps.Report;

/// <summary>Instants as wall time in the pipeline's zone, which every page names.</summary>
public sealed class Times(Clock clock)
{
    public string Zone => clock.Zone;

    /// <summary>30 December 2013, and 05:00 behind it unless it is midnight.</summary>
    public string Long(DateTimeOffset instant) => Text(clock.Local(instant), "d MMMM yyyy");

    /// <summary>30 Dec 2013, and 05:00 behind it unless it is midnight.</summary>
    public string Short(DateTimeOffset instant) => Text(clock.Local(instant), "d MMM yyyy");

    /// <summary>With its time of day, always.</summary>
    public string Exact(DateTimeOffset instant) => Format(clock.Local(instant), "d MMM yyyy, HH:mm");

    /// <summary>An instant that a profile holds as seconds since 1970.</summary>
    public string Short(double seconds) =>
        seconds is > -62e9 and < 253e9
            ? Short(DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)))
            : Formats.Value(seconds);

    /// <summary>Wall time without a zone, which the charts show as it is.</summary>
    public string Wall(DateTimeOffset instant) => Format(clock.Local(instant), "yyyy-MM-dd'T'HH:mm:ss");

    private static string Text(DateTime local, string day) =>
        Format(local, local.TimeOfDay == TimeSpan.Zero ? day : $"{day}, HH:mm");

    private static string Format(DateTime local, string form) => local.ToString(form, CultureInfo.InvariantCulture);
}
