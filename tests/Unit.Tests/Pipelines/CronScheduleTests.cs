using System.Reflection;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class CronScheduleTests
{
    private static readonly string RepositoryRoot = typeof(CronScheduleTests)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RepositoryRoot")
        .Value!;

    [Theory]
    [InlineData("0 6 * * SUN")]
    [InlineData("*/15 1-5 1,15 * *")]
    public void Five_fields_are_one(string text) => Assert.Null(CronSchedule.Problem(text));

    [Theory]
    [InlineData(
        "0 6 * *",
        "it has not the five fields minute, hour, day of month, month and day of week (none for seconds)"
    )]
    [InlineData(
        "0 0 6 * * *",
        "it has not the five fields minute, hour, day of month, month and day of week (none for seconds)"
    )]
    [InlineData("", "it has not the five fields minute, hour, day of month, month and day of week (none for seconds)")]
    [InlineData("@daily", "macros such as @daily are not read by every cron; write the five fields")]
    [InlineData(
        "61 6 * * *",
        "'61' is no minute, which is 0 to 59, a range (1-5), a step (*/2) or a list of those (1,3)"
    )]
    [InlineData(
        "H 6 * * *",
        "'H' is no minute, which is 0 to 59, a range (1-5), a step (*/2) or a list of those (1,3)"
    )]
    [InlineData(
        "0 6 15W * *",
        "'15W' is no day of month, which is 1 to 31, a range (1-5), a step (*/2) or a list of those (1,3); L, W and # "
            + "are not read by every scheduler"
    )]
    [InlineData(
        "0 6 * * MON#2",
        "'MON#2' is no day of week, which is 0 to 7 or SUN to SAT, a range (1-5), a step (*/2) or a list of those "
            + "(1,3); L, W and # are not read by every scheduler"
    )]
    [InlineData("*/0 6 * * *", "the step of '*/0' is no number from 1 to 9999")]
    [InlineData("5-5 6 * * *", "'5-5' is one minute to cron and every one to Airflow; write 5 or *")]
    [InlineData(
        "50-10/7 6 * * *",
        "'50-10/7' goes on in steps past the last minute, which not all count alike; write its values out"
    )]
    [InlineData("*,5 6 * * *", "'*,5' is every minute already; write * alone")]
    [InlineData("0 6 30 2 *", "there never is such a day")]
    public void Anything_else_is_none_and_said(string text, string problem) =>
        Assert.Equal(problem, CronSchedule.Problem(text));

    /// <summary>tests/dags/with_airflow/cron_fires.py has asked Airflow's own timetable.</summary>
    [Fact]
    public void Five_hundred_expressions_are_due_when_Airflow_starts_them()
    {
        var lines = File.ReadAllLines(Path.Combine(RepositoryRoot, "tests/Unit.Tests/Pipelines/cron_fires.tsv"));
        var (same, refused) = (0, new List<string>());
        foreach (var line in lines)
        {
            var (zone, cron, start, fires) = line.Split('\t') is [var a, var b, var c, var d] ? (a, b, c, d) : default;
            if (CronSchedule.Problem(cron) is not null)
            {
                refused.Add(line);
                continue;
            }

            var at = DateTimeOffset.Parse(start, null);
            var expected = fires.Split(' ').Select(minutes => at = at.AddMinutes(int.Parse(minutes, null))).ToList();
            var due = CronSchedule.After(cron, new Clock { Zone = zone }, DateTimeOffset.Parse(start, null));
            Assert.Equal((line, string.Join(' ', expected)), (line, string.Join(' ', due.Take(expected.Count))));
            same++;
        }

        // Of the random ones those alone that never fire; of the odd ones every one that Airflow refuses.
        var random = refused.Intersect(lines.Take(1000)).ToList();
        Assert.All(random, line => Assert.EndsWith("\tnever", line, StringComparison.Ordinal));
        Assert.InRange(same, 950, lines.Length);
    }

    [Theory]
    // Clocks in New York skip 02:00 to 03:00 on 2024-03-10, and show 01:00 to 02:00 twice on 2024-11-03.
    [InlineData("0 1 * * *", "2024-03-09T05:00:00Z", "2024-03-11T12:00:00Z", "09T06:00 10T06:00 11T05:00")]
    [InlineData("30 2 * * *", "2024-03-09T05:00:00Z", "2024-03-11T12:00:00Z", "09T07:30 10T07:30 11T06:30")]
    [InlineData("30 1 * * *", "2024-11-02T04:00:00Z", "2024-11-04T12:00:00Z", "02T05:30 03T06:30 04T06:30")]
    [InlineData("0 * * * *", "2024-11-03T04:30:00Z", "2024-11-03T07:00:00Z", "03T05:00 03T06:00 03T07:00")]
    // What is due every hour of some days comes so many hours later, as Airflow has it: on Sunday at 23:00.
    [InlineData("0 * * * MON", "2024-11-03T12:00:00Z", "2024-11-04T05:30:00Z", "04T04:00 04T05:00")]
    [InlineData("0 6 1 * MON", "2024-10-01T04:00:00Z", "2024-10-08T12:00:00Z", "01T10:00 07T10:00")]
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
