using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class ClockTests
{
    [Theory]
    // The hour from 01:00 comes twice on 2013-11-03 in New York.
    [InlineData("America/New_York", Every.Hour, "2013-11-03T05:30:00Z", "2013-11-03T05:00:00Z")]
    [InlineData("America/New_York", Every.Hour, "2013-11-03T06:30:00Z", "2013-11-03T06:00:00Z")]
    [InlineData("Asia/Kolkata", Every.Hour, "2013-11-03T06:29:00Z", "2013-11-03T05:30:00Z")]
    // Clocks on Lord Howe go back by half an hour, at 02:00 (15:00 UTC).
    [InlineData("Australia/Lord_Howe", Every.Hour, "2018-03-31T15:15:00Z", "2018-03-31T14:00:00Z")]
    [InlineData("Australia/Lord_Howe", Every.Hour, "2018-03-31T15:31:00Z", "2018-03-31T15:30:00Z")]
    [InlineData("America/New_York", Every.Day, "2013-11-04T04:59:00Z", "2013-11-03T04:00:00Z")]
    // 2018-11-04 begins at 01:00 in São Paulo.
    [InlineData("America/Sao_Paulo", Every.Day, "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z")]
    [InlineData("America/Sao_Paulo", Every.Day, "2018-11-04T02:59:00Z", "2018-11-03T03:00:00Z")]
    [InlineData("Europe/Berlin", Every.Week, "2024-01-07T22:59:00Z", "2023-12-31T23:00:00Z")]
    [InlineData("Europe/Berlin", Every.Month, "2024-02-29T23:30:00Z", "2024-02-29T23:00:00Z")]
    [InlineData("Europe/Berlin", Every.Month, "2024-02-29T22:30:00Z", "2024-01-31T23:00:00Z")]
    public void Floor(string zone, Every every, string instant, string expected)
    {
        var clock = new Clock { Zone = zone, Every = every };
        Assert.Equal(Utc(expected), clock.Floor(Utc(instant)));
        Assert.Equal(Utc(expected), clock.Floor(clock.Floor(Utc(instant))));
    }

    [Theory]
    [InlineData("America/New_York", "2013-11-04T05:00:00Z", "1 day", "2013-11-03T04:00:00Z")]
    [InlineData("America/New_York", "2013-11-04T05:00:00Z", "24 hours", "2013-11-03T05:00:00Z")]
    [InlineData("America/New_York", "2013-03-31T04:00:00Z", "1 month", "2013-02-28T05:00:00Z")]
    [InlineData("America/New_York", "2013-03-31T04:00:00Z", "4 weeks", "2013-03-03T05:00:00Z")]
    // From the start of a day to the start of a day, wherever it is.
    [InlineData("America/Sao_Paulo", "2018-11-05T02:00:00Z", "1 day", "2018-11-04T03:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04T03:00:00Z", "1 day", "2018-11-03T03:00:00Z")]
    public void Subtract(string zone, string instant, string span, string expected)
    {
        Assert.True(Span.TryParse(span, out var parsed));
        Assert.Equal(Utc(expected), new Clock { Zone = zone }.Subtract(Utc(instant), parsed));
    }

    [Theory]
    [InlineData("America/Sao_Paulo", "2018-11-03T03:00:00Z", "1 day", "2018-11-04T03:00:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04T03:00:00Z", "1 day", "2018-11-05T02:00:00Z")]
    [InlineData("Europe/Berlin", "2024-01-30T23:00:00Z", "1 month", "2024-02-28T23:00:00Z")]
    [InlineData("Europe/Berlin", "2024-03-30T01:30:00Z", "1 day", "2024-03-31T01:30:00Z")]
    public void Add(string zone, string instant, string span, string expected)
    {
        Assert.True(Span.TryParse(span, out var parsed));
        Assert.Equal(Utc(expected), new Clock { Zone = zone }.Add(Utc(instant), parsed));
    }

    [Theory]
    // The 30th of December never was in Apia.
    [InlineData("2011-12-30T10:00:00Z", "-1 day", "2011-12-29T10:00:00Z")]
    [InlineData("2011-12-30T16:00:00Z", "-1 day", "2011-12-29T16:00:00Z")]
    [InlineData("2011-12-29T10:00:00Z", "1 day", "2011-12-30T10:00:00Z")]
    [InlineData("2011-12-29T16:00:00Z", "1 day", "2011-12-30T16:00:00Z")]
    [InlineData("2012-12-29T10:00:00Z", "-12 months", "2011-12-30T10:00:00Z")]
    [InlineData("2011-12-31T10:00:00Z", "-2 days", "2011-12-30T10:00:00Z")]
    [InlineData("2012-12-29T10:00:00Z", "-52 weeks", "2011-12-31T10:00:00Z")]
    public void A_day_that_never_was_is_the_next_unless_that_would_be_no_move(string from, string by, string to)
    {
        var clock = new Clock { Zone = "Pacific/Apia" };
        Assert.True(Span.TryParse(by.TrimStart('-'), out var span));
        Assert.Equal(Utc(to), by[0] == '-' ? clock.Subtract(Utc(from), span) : clock.Add(Utc(from), span));
    }

    [Fact]
    public void A_span_has_passed_for_certain_where_its_day_never_was()
    {
        var clock = new Clock { Zone = "Pacific/Apia" };
        // The 1st of January, at 00:00 and 06:00, less two days.
        Assert.Equal(Utc("2011-12-29T10:00:00Z"), clock.Ago(Utc("2011-12-31T10:00:00Z"), new Span(2, SpanUnit.Day)));
        Assert.Equal(Utc("2011-12-29T16:00:00Z"), clock.Ago(Utc("2011-12-31T16:00:00Z"), new Span(2, SpanUnit.Day)));
    }

    /// <summary>Around every change of every zone's clocks: as-ofs stay what they are, and windows leave no row
    /// out.</summary>
    [Fact]
    public void Every_zone_has_its_as_ofs_without_a_gap()
    {
        var skipped = new HashSet<string>();
        foreach (var zone in Clock.Zones)
        {
            var clock = new Clock { Zone = zone };
            foreach (var year in new[] { 1969, 1993, 1994, 2010, 2011, 2024 })
            {
                for (
                    var day = new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero);
                    day.Year == year;
                    day = day.AddDays(1)
                )
                {
                    var jump = clock.Local(day.AddDays(1)) - clock.Local(day) - TimeSpan.FromDays(1);
                    if (jump != TimeSpan.Zero)
                    {
                        var isSkipped = jump > TimeSpan.FromHours(20);
                        _ = isSkipped && skipped.Add(zone);
                        foreach (var every in Enum.GetValues<Every>())
                        {
                            Around(clock with { Every = every }, day, isSkipped ? 400 : 3);
                        }
                    }
                }
            }
        }

        Assert.Superset(
            (HashSet<string>)
                ["Pacific/Apia", "Pacific/Fakaofo", "Pacific/Enderbury", "Pacific/Kiritimati", "Pacific/Kwajalein"],
            skipped
        );
    }

    private static void Around(Clock clock, DateTimeOffset change, int days)
    {
        var asOf = clock.Floor(change.AddDays(days));
        for (; asOf > change.AddDays(-2); asOf = clock.Previous(asOf))
        {
            var previous = clock.Previous(asOf);
            Assert.True(previous < asOf && clock.Floor(asOf) == asOf && clock.Floor(previous) == previous);
            Assert.True(clock.Floor(previous + (asOf - previous) / 2) == previous);
            if (clock.Every == Every.Hour && asOf > change.AddDays(3))
            {
                asOf = clock.Floor(change.AddDays(3));
            }

            foreach (var unit in new[] { SpanUnit.Day, SpanUnit.Week, SpanUnit.Month })
            {
                Assert.True(clock.Subtract(asOf, new Span(1, unit)) < asOf);
                Assert.True(clock.Add(asOf, new Span(1, unit)) > asOf);
                Assert.True(clock.Subtract(asOf, new Span(13, unit)) < clock.Subtract(asOf, new Span(11, unit)));
            }
        }
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
