using Trainyard.Pipelines;

namespace Trainyard.Tests.Pipelines;

/// <summary>Options that a spec leaves out, by rows and columns.</summary>
public sealed class LightGbmRuleTests
{
    [Theory]
    [InlineData(1, 3, 15, 0.03, 5, 1.0, 0.6, 100, 5)]
    [InlineData(1_000, 20, 15, 0.03, 5, 0.5, 0.6, 100, 5)]
    [InlineData(3_000, 20, 21, 0.035, 15, 0.69, 0.65, 88, 1)]
    [InlineData(10_000, 20, 30, 0.04, 20, 1.0, 0.7, 75, 1)]
    [InlineData(100_000, 20, 60, 0.05, 20, 1.0, 0.8, 50, 1)]
    [InlineData(50_000_000, 11, 60, 0.05, 20, 1.0, 0.8, 50, 1)]
    public void They_follow_the_table(
        long rows,
        int columns,
        int leaves,
        double rate,
        int least,
        double features,
        double share,
        int patience,
        int seeds
    ) =>
        Assert.Equal(
            new LightGbmOptions
            {
                Leaves = leaves,
                LearningRate = rate,
                MinRowsPerLeaf = least,
                L2 = 1,
                FeatureShare = new Share(features),
                RowShare = new Share(share),
                EarlyStopping = patience,
                Seeds = seeds,
            },
            new LightGbmOptions().For(rows, columns)
        );

    [Fact]
    public void Those_that_are_said_stay_and_few_trees_do_more()
    {
        var said = new LightGbmOptions { MaxTrees = 20, L2 = 0 };
        var filled = (LightGbmOptions)said.For(1_000, 20);

        Assert.Equal((0, 0.15), (filled.L2, filled.LearningRate));
        Assert.Equal(filled, filled.For(1_000_000, 5));
        Assert.Equal(0.3, ((LightGbmOptions)new LightGbmOptions { MaxTrees = 1 }.For(1_000, 20)).LearningRate);
    }

    [Fact]
    public void What_1_0_filled_in_is_what_nobody_said()
    {
        var released = new LightGbmOptions
        {
            Leaves = 31,
            LearningRate = 0.05,
            MinRowsPerLeaf = 20,
            L2 = 0,
            FeatureShare = new Share(1),
            RowShare = new Share(1),
            EarlyStopping = 50,
        };

        Assert.Equal(new LightGbmOptions(), released.WithoutReleasedDefaults());
        Assert.Equal(new LightGbmOptions { Leaves = 30 }, (released with { Leaves = 30 }).WithoutReleasedDefaults());
    }
}
