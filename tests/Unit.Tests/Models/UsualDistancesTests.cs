using Trainyard.Learning.Drift;

namespace Trainyard.Tests.Models;

public sealed class UsualDistancesTests
{
    private const int Blocks = 40;
    private const int Seasons = 7;

    [Fact]
    public void Each_block_is_told_of_as_the_others_would_tell_of_a_run()
    {
        var random = new Random(3);
        double[] logarithms = [.. Enumerable.Range(0, Blocks).Select(_ => Math.Log(random.NextDouble()))];
        (logarithms[7], logarithms[20]) = (9, double.NaN);

        DemandAlike(logarithms);
    }

    [Fact]
    public void So_it_is_where_all_but_one_are_the_same()
    {
        double[] logarithms = [.. Enumerable.Repeat(-4.2, Blocks)];
        logarithms[7] = 1e4;

        DemandAlike(logarithms);
    }

    [Fact]
    public void The_only_block_of_its_season_is_not_told_of()
    {
        double[] logarithms = [1, 2, 3];

        var usual = UsualDistances.Of(logarithms, [50, 50, 50], [0, 0, 1], 2);

        Assert.Equal([1.5, 3], usual.Usual.Centers);
        Assert.Equal([false, false, true], usual.Beyond.Select(double.IsNaN));
    }

    private static void DemandAlike(double[] logarithms)
    {
        long[] rows = [.. Enumerable.Range(0, Blocks).Select(block => 50L + block)];
        int[] seasons = [.. Enumerable.Range(0, Blocks).Select(block => block % Seasons)];

        var told = UsualDistances.Of(logarithms, rows, seasons, Seasons).Beyond;

        foreach (var block in Enumerable.Range(0, Blocks))
        {
            var others = UsualDistances
                .Of(Without(logarithms, block), Without(rows, block), Without(seasons, block), Seasons)
                .Usual;
            Assert.Equal(others.Beyond(logarithms[block], seasons[block]) ?? double.NaN, told[block], 6);
        }
    }

    private static T[] Without<T>(T[] all, int block) => [.. all[..block], .. all[(block + 1)..]];
}
