using System.Globalization;

namespace Trainyard.Pipelines;

/// <summary>Reads the as-of that a user gives, and floors it to the pipeline's clock.</summary>
public static class AsOf
{
    private const string Examples = "Write an instant with its offset (2013-12-30T05:00:00Z, 2013-12-30T00:00:00-05:00), or a date (2013-12-30), which is its midnight in the pipeline's zone.";

    private static readonly string[] InstantForms =
    [
        "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
        "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>The instant, floored; 64 for what is no instant, and for the future.</summary>
    public static DateTimeOffset Parse(string text, Clock clock, DateTimeOffset now)
    {
        var asOf = Floored(text.Trim(), clock);
        return asOf <= now
            ? asOf
            : throw Fault.Usage(string.Create(CultureInfo.InvariantCulture, $"The as-of {text} is in the future: it is {now.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} now. Nothing was changed."));
    }

    private static DateTimeOffset Floored(string text, Clock clock)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return clock.Floor(clock.StartOf(date));
        }

        // An offset is demanded: "K" also accepts none, which would mean this machine's zone.
        var hasOffset = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf(':', StringComparison.Ordinal) - 1 && text.Contains(':');
        return hasOffset && DateTimeOffset.TryParseExact(text, InstantForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
            ? clock.Floor(instant.ToUniversalTime())
            : throw Fault.Usage($"The as-of '{text}' is not an instant. {Examples} Nothing was changed.");
    }
}
