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
    // Its day has begun, but the instant has not come.
    [InlineData("2020-01-01T12:00:01Z")]
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

    private static DateTimeOffset Utc(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
