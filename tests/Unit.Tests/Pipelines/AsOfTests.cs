using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class AsOfTests
{
    private static readonly Clock NewYork = new() { Zone = "America/New_York", Every = Every.Day };
    private static readonly DateTimeOffset Now = new(2020, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2013-12-30", "2013-12-30T05:00:00Z")]
    [InlineData("2013-07-01", "2013-07-01T04:00:00Z")]
    [InlineData("2013-12-30T05:00:00Z", "2013-12-30T05:00:00Z")]
    [InlineData("2013-12-30T00:00:00-05:00", "2013-12-30T05:00:00Z")]
    [InlineData("2013-12-30T04:59:59.999Z", "2013-12-29T05:00:00Z")]
    [InlineData("2013-12-30 23:00+00:00", "2013-12-30T05:00:00Z")]
    public void Is_floored_to_the_day_in_the_zone(string text, string expected) =>
        Assert.Equal(Utc(expected), AsOf.Parse(text, NewYork, Now));

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2013-12-30T05:00:00")]
    [InlineData("2013-13-30")]
    [InlineData("30.12.2013")]
    [InlineData("2013-12-30T25:00:00Z")]
    [InlineData("0001-01-01")]
    [InlineData("")]
    public void Anything_else_is_refused_with_examples(string text)
    {
        var fault = Assert.Throws<Fault>(() => AsOf.Parse(text, NewYork, Now));
        Assert.Equal(ExitCode.Usage, fault.Code);
        Assert.Equal(
            $"The as-of '{text}' is not an instant. Write an instant with its offset (2013-12-30T05:00:00Z, "
                + "2013-12-30T00:00:00-05:00), or a date (2013-12-30), which is its midnight in the pipeline's "
                + "zone. Nothing was changed.",
            fault.Message
        );
    }

    [Theory]
    [InlineData("2020-01-02")]
    [InlineData("2020-01-02T05:00:00Z")]
    public void The_future_is_refused(string text)
    {
        var fault = Assert.Throws<Fault>(() => AsOf.Parse(text, NewYork, Now));
        Assert.Equal(
            (
                ExitCode.Usage,
                $"The as-of {text} is in the future: it is 2020-01-01T12:00:00Z now. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    /// <summary>Whoever asks may have a clock that is ahead of ours; and what comes later on this day changes
    /// nothing.</summary>
    [Theory]
    [InlineData("2020-01-01T05:00:00Z", "2020-01-01T04:59:50Z", "2020-01-01T05:00:00Z")]
    [InlineData("2020-01-01T05:00:00Z", "2020-01-01T04:55:00Z", "2020-01-01T05:00:00Z")]
    [InlineData("2020-01-01T05:00:00Z", "2020-01-01T04:54:59Z", null)]
    [InlineData("2020-01-01T23:00:00Z", "2020-01-01T12:00:00Z", "2020-01-01T05:00:00Z")]
    public void Five_minutes_are_allowed_after_flooring(string text, string now, string? expected)
    {
        if (expected is null)
        {
            Assert.Equal(ExitCode.Usage, Assert.Throws<Fault>(() => AsOf.Parse(text, NewYork, Utc(now))).Code);
        }
        else
        {
            Assert.Equal(Utc(expected), AsOf.Parse(text, NewYork, Utc(now)));
        }
    }

    [Fact]
    public void A_day_that_never_was_is_refused()
    {
        var fault = Assert.Throws<Fault>(() => AsOf.Parse("2011-12-30", new Clock { Zone = "Pacific/Apia" }, Now));
        Assert.Equal(
            (
                ExitCode.Usage,
                "The day 2011-12-30 never was in Pacific/Apia, whose clocks skipped it: name the day before or after "
                    + "it. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
