using Trainyard.Learning.Data;

namespace Trainyard.Tests.Models;

public sealed class SpreadTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(10, 10)]
    public void All_are_taken_where_there_are_no_more(int count, int most) =>
        Assert.Equal(Enumerable.Range(0, count), Spread.Of(count, most));

    [Fact]
    public void One_is_taken_of_each_stretch_and_the_same_ones_again()
    {
        var some = Spread.Of(1003, 100);

        Assert.Equal(some, Spread.Of(1003, 100));
        Assert.Equal(Enumerable.Range(0, 100), some.Select(place => (((place + 1) * 100) - 1) / 1003));
        Assert.Equal(100, Spread.Of(int.MaxValue, 100).Distinct().Count());
    }

    /// <summary>Thirty customers a day, and as many rows as let every thirtieth be taken.</summary>
    [Fact]
    public void What_comes_again_at_a_distance_is_not_hit_each_time()
    {
        var customers = Spread.Of(30 * 1000, 1000).CountBy(place => place % 30).ToList();

        Assert.Equal(30, customers.Count);
        Assert.InRange(customers.Max(each => each.Value), 34, 60);
    }
}
