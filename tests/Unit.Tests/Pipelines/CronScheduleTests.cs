using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class CronScheduleTests
{
    [Theory]
    [InlineData("0 6 * * SUN")]
    [InlineData("*/15 1-5 1,15 * *")]
    public void Five_fields_are_one(string text) => Assert.Null(CronSchedule.Problem(text));

    [Theory]
    [InlineData("0 6 * *")]
    [InlineData("0 0 6 * * *")]
    [InlineData("61 6 * * *")]
    [InlineData("")]
    public void Anything_else_is_none(string text) => Assert.NotNull(CronSchedule.Problem(text));

    [Fact]
    public void Macros_are_none() =>
        Assert.Equal("macros such as @daily are not read by every cron", CronSchedule.Problem("@daily"));

    [Theory]
    // Clocks in New York skip 02:00 to 03:00 on 2024-03-10, and show 01:00 to 02:00 twice on 2024-11-03.
    [InlineData("0 1 * * *", "2024-03-09T05:00:00Z", "2024-03-11T12:00:00Z", "09T06:00 10T06:00 11T05:00")]
    [InlineData("30 2 * * *", "2024-03-09T05:00:00Z", "2024-03-11T12:00:00Z", "09T07:30 10T07:00 11T06:30")]
    [InlineData("30 1 * * *", "2024-11-02T04:00:00Z", "2024-11-04T12:00:00Z", "02T05:30 03T05:30 04T06:30")]
    [InlineData("0 * * * *", "2024-11-03T04:30:00Z", "2024-11-03T07:00:00Z", "03T05:00 03T06:00 03T07:00")]
    [InlineData("0 6 * * SUN", "2024-05-19T10:00:00Z", "2024-05-26T10:00:00Z", "19T10:00 26T10:00")]
    public void Occurrences_are_those_of_the_clocks_zone(string cron, string from, string to, string expected) =>
        Assert.Equal(
            expected,
            string.Join(
                ' ',
                CronSchedule
                    .Occurrences(
                        cron,
                        new Clock { Zone = "America/New_York" },
                        DateTimeOffset.Parse(from, null),
                        DateTimeOffset.Parse(to, null)
                    )
                    .Select(instant => instant.UtcDateTime.ToString("dd'T'HH:mm", null))
            )
        );
}
