using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;

namespace Trainyard.Tests.Models;

public sealed class RowOrderTests
{
    private static readonly string[] Key = ["id"];

    [Theory]
    [InlineData(400)]
    [InlineData(50_000)]
    public void Numbers_that_rise_along_the_key_are_told(int rows)
    {
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, rows).Select(row => ((double)row / rows) + random.NextDouble())];

        var order = RowOrders.Of(new Labels(values), Key, seed: 1)!;

        // Variances of 1/12 each.
        Assert.InRange(order.Share, 0.4, 0.6);
        Assert.True(order.ByChance < order.Share);
        Assert.StartsWith("The labels drift along the key (id): ", order.Sentence(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Numbers_in_any_order_are_not(int seed)
    {
        var random = new Random(seed);
        double[] values = [.. Enumerable.Range(0, 3000).Select(_ => Math.Pow(random.NextDouble(), 9))];

        Assert.Null(RowOrders.Of(new Labels(values), Key, seed: 1));
    }

    [Fact]
    public void Neither_are_they_where_they_cannot_drift()
    {
        double[] alike = new double[3000];
        double[] few = [.. Enumerable.Range(0, 100)];
        double[] hardly = [.. Enumerable.Range(0, 20_000).Select(row => row < 10_000 ? row % 100 : (row % 100) + 2.0)];

        Assert.Null(RowOrders.Of(new Labels(alike), Key, seed: 1));
        Assert.Null(RowOrders.Of(new Labels(few), Key, seed: 1));
        Assert.Null(RowOrders.Of(new Labels(hardly), Key, seed: 1));
    }

    [Fact]
    public void Classes_that_come_one_after_the_other_are_told_and_mixed_ones_are_not()
    {
        string[] names = ["a", "b", "c"];
        double[] sorted = [.. Enumerable.Range(0, 900).Select(row => row / 300)];
        double[] mixed = [.. sorted];
        new Random(5).Shuffle(mixed);

        // Two of twenty blocks have two classes.
        Assert.InRange(RowOrders.Of(new Labels(sorted, names), Key, seed: 1)!.Share, 0.9, 1);
        Assert.Null(RowOrders.Of(new Labels(mixed, names), Key, seed: 1));
    }

    [Fact]
    public void Labels_that_are_not_known_are_left_out()
    {
        double[] values = [.. Enumerable.Range(0, 2000).Select(row => row % 2 == 0 ? double.NaN : row)];

        Assert.InRange(RowOrders.Of(new Labels(values), Key, seed: 1)!.Share, 0.95, 1);
    }
}
