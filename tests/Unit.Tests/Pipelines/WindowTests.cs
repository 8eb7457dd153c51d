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
}
