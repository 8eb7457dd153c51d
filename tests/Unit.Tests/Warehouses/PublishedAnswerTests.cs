using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

public sealed class PublishedAnswerTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("a:1", "a")]
    [InlineData("a:48", "a")]
    [InlineData("a:49", "a replayed")]
    [InlineData("a:49h", null)]
    [InlineData("a:50h b:51 c:52", "b replayed")]
    [InlineData("a:1h b:2", "b")]
    [InlineData("a:50 b:2", "b")]
    [InlineData("a:3 b:2", "a")]
    public void The_first_that_was_published_before_the_label_could_be_known_counts_and_else_the_first_replayed(
        string answers,
        string? counts
    )
    {
        var published = answers
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => each.Split(':'))
            .Select(each => new PublishedAnswer(
                Monday.AddHours(int.Parse(each[1].TrimEnd('h'), CultureInfo.InvariantCulture)),
                each[0],
                each[1].EndsWith('h'),
                [],
                []
            ))
            .ToList();

        var counting = PublishedAnswer.Counting(published, Monday, new Clock(), Span.Days(2));

        Assert.Equal(
            counts,
            counting is var (answer, isReplayed) ? $"{answer.Model}{(isReplayed ? " replayed" : "")}" : null
        );
    }
}
