using Trainyard.Learning.Drift;

namespace Trainyard.Tests.Models;

public sealed class DistancesTests
{
    [Theory]
    [InlineData(new long[] { 10, 30 }, new long[] { 100, 300 }, 0)]
    [InlineData(new long[] { 40, 0 }, new long[] { 0, 300 }, 1)]
    // (1, 0) and (1/2, 1/2): (ln(4/3) + (ln(2/3) + ln 2) / 2) / 2, in bits.
    [InlineData(new long[] { 40, 0 }, new long[] { 150, 150 }, 0.311278)]
    public void The_divergence_is_that_of_Jensen_and_Shannon(long[] one, long[] other, double bits)
    {
        Assert.Equal(bits, Distances.JensenShannon(one, other) / Math.Log(2), 6);
        Assert.Equal(bits, Distances.JensenShannon(other, one) / Math.Log(2), 6);
    }

    [Fact]
    public void Without_rows_there_is_none()
    {
        Assert.True(double.IsNaN(Distances.JensenShannon([0, 0], [1, 1])));
        Assert.True(double.IsNaN(Distances.JensenShannon([1, 1], [0, 0])));

        var empty = Distances.Of([0, 0, 5], 0, [50, 50, 0]);
        Assert.True(double.IsNaN(empty.Values) && double.IsNaN(empty.Unseen));
        Assert.Equal(Math.Log(Math.Log(2) + 0.125 / 5), empty.Nulls, 9);
    }

    [Fact]
    public void Groups_have_about_as_many_rows_and_a_frequent_level_one_to_itself()
    {
        long[] bins = [5, 400, .. Enumerable.Repeat(10L, 59), 5, 7];
        var groups = LevelGroups.Of(bins);

        var sums = groups.Sums(bins);
        Assert.Equal(1000, sums.Sum());
        Assert.Equal(400, sums.Max());
        Assert.All(sums.Where(sum => sum is > 0 and < 400), sum => Assert.InRange(sum, 80, 120));
        Assert.Equal([400L], groups.Sums([0, 400, .. new long[61], 0]).Where(sum => sum > 0));
    }

    [Fact]
    public void Nulls_and_new_levels_are_no_part_of_what_it_holds()
    {
        var full = Distances.Of([25, 25, 0], 0, [500, 500, 0]);
        var gaps = Distances.Of([25, 25, 25], 0, [500, 500, 0]);

        Assert.Equal(full.Values, gaps.Values, 9);
        Assert.True(gaps.Nulls > full.Nulls + 2);
        Assert.True(Distances.Of([25, 25, 0], 10, [500, 500, 0]).Unseen > full.Unseen + 2);
    }
}
