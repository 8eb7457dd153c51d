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
    public void Macros_are_none() => Assert.Equal("macros such as @daily are not read by every cron", CronSchedule.Problem("@daily"));
}
