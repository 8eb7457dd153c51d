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

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
