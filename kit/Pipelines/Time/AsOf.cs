using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainyard.Pipelines;

/// <summary>Reads the as-of that a user gives, and floors it to the pipeline's clock.</summary>
public static partial class AsOf
{
    private const string Examples =
        "Write an instant with its offset (2013-12-30T05:00:00Z, 2013-12-30T00:00:00-05:00), or a date "
        + "(2013-12-30), which is its midnight in the pipeline's zone.";

    /// <summary>A run may look back so far that the calendar would end before.</summary>
    private const int EarliestYear = 1900;

    /// <summary>Clocks of two machines differ: who asks may be so far ahead of who answers.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <summary>The instant, floored; 64 for what is no instant, and for one that is in the future even so.</summary>
    public static DateTimeOffset Parse(string text, Clock clock, DateTimeOffset now) =>
        DemandPast(text, clock.Floor(Read(text, clock)), now);

    /// <summary>The instant as it is given; 64 for what is none, and for the future.</summary>
    public static DateTimeOffset ParseInstant(string text, Clock clock, DateTimeOffset now) =>
        DemandPast(text, Read(text, clock), now);

    private static DateTimeOffset DemandPast(string text, DateTimeOffset instant, DateTimeOffset now) =>
        instant - Tolerance <= now
            ? instant
            : throw Fault.Usage(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The as-of {text} is in the future: it is {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} now. "
                        + $"Nothing was changed."
                )
            );

    private static DateTimeOffset Read(string text, Clock clock) =>
        DateOnly.TryParseExact(
            text.Trim(),
            "yyyy-MM-dd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var date
        )
        && date.Year >= EarliestYear
            ? StartOf(date, clock)
        : WithOffset().IsMatch(text.Trim())
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
        && instant.UtcDateTime.Year >= EarliestYear
            ? instant.ToUniversalTime()
        : throw Fault.Usage($"The as-of '{text}' is not an instant. {Examples} Nothing was changed.");

    private static DateTimeOffset StartOf(DateOnly date, Clock clock) =>
        clock.Has(date)
            ? clock.StartOf(date)
            : throw Fault.Usage(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The day {date:yyyy-MM-dd} never was in {clock.Zone}, whose clocks skipped it: name the day "
                        + $"before or after it. Nothing was changed."
                )
            );

    // An offset is demanded: without one the instant would be this machine's.
    [GeneratedRegex(@"\A\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,7})?)?(Z|[+-]\d{2}:\d{2})\z")]
    private static partial Regex WithOffset();
}
