using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

public sealed class WindowTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("", "2-8")]
    [InlineData("0-2 8-9", "2-8")]
    [InlineData("4-6", "2-4 6-8")]
    [InlineData("6-9 0-3", "3-6")]
    [InlineData("3-7 4-5 7-8", "2-3")]
    [InlineData("5-5 6-4", "2-8")]
    [InlineData("0-9", "")]
    [InlineData("2-5 5-8", "")]
    public void What_others_leave_of_it(string others, string left) =>
        Assert.Equal(left, string.Join(' ', Of(2, 8).Minus(Parse(others)).Select(Text)));

    [Fact]
    public void It_holds_its_end_and_not_its_beginning() =>
        Assert.Equal(
            [false, true, true, false],
            new[] { 2.0, 2.1, 8, 8.1 }.Select(day => Of(2, 8).Contains(Start.AddDays(day)))
        );

    private static IEnumerable<Window> Parse(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(each => Of(each[0] - '0', each[2] - '0'));

    private static string Text(Window window) => $"{(window.From - Start).Days}-{(window.To - Start).Days}";

    private static Window Of(int from, int to) => new(Start.AddDays(from), Start.AddDays(to));

    [Theory]
    [InlineData("day", "0 days", "330 days", 30)]
    [InlineData("hour", "0 days", "330 days", 28)]
    [InlineData("week", "0 days", "3 months", 210)]
    [InlineData("day", "2 days", "330 days", 48)]
    [InlineData("day", "36 hours", "330 days", 48)]
    [InlineData("day", "1 month", "330 days", 330)]
    public void A_measure_run_reads_enough_to_tell_chance_from_change(
        string every,
        string knownAfter,
        string history,
        int days
    )
    {
        var spec = SpecFolder
            .Smallest.Replace("{zone: America/New_York}", $"{{zone: UTC, every: {every}}}", StringComparison.Ordinal)
            .Replace("2 days", knownAfter, StringComparison.Ordinal)
            .Replace("cutoff: day}", $"cutoff: day, history: {history}}}", StringComparison.Ordinal);
        using var folder = new SpecFolder(spec);
        var asOf = new DateTimeOffset(2026, 11, 30, 0, 0, 0, TimeSpan.Zero);

        var window = RunShape.Of(RunKind.Measure).WindowOf(folder.Load().Spec.ToDefinition(), asOf)!;

        Assert.Equal(days, (window.To - window.From).TotalDays);
        Assert.Equal(
            Span.TryParse(knownAfter, out var span) ? new Clock { Zone = "UTC" }.Ago(asOf, span) : asOf,
            window.To
        );
    }
}
