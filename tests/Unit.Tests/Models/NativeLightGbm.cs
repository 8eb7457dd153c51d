using Trainyard.Pipelines;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Tests.Models;

/// <summary>LightGBM's own library, which knows 64 bits: what it learns and predicts is what is right.</summary>
internal static class NativeLightGbm
{
    /// <summary>Learns from rows, and answers rows: raw scores.</summary>
    /// <param name="learned">By column, NaN where missing.</param>
    public static double[] LearnAndPredict(
        BoostingObjective objective,
        LightGbmOptions options,
        int trees,
        double[][] learned,
        float[] labels,
        double[][] asked
    )
    {
        options = LightGbmRule.Fill(options, labels.Length, learned.Length);
        using var dataset = NativeDataset.Create(
            [.. learned.Select(InputColumn.Of)],
            new BinningOptions { Threads = 1 }
        );
        dataset.SetLabels(labels);
        var model = Boosting.Fit(
            dataset,
            null,
            new BoostingOptions
            {
                Objective = objective,
                Rounds = trees,
                Leaves = options.Leaves!.Value,
                LearningRate = options.LearningRate!.Value,
                MinRowsPerLeaf = options.MinRowsPerLeaf!.Value,
                L2 = options.L2!.Value,
                FeatureShare = options.FeatureShare!.Value.Value,
                RowShare = options.RowShare!.Value.Value,
                Seed = options.Seed,
                Threads = 1,
            }
        );
        using var booster = NativeBooster.Load(model.Text);
        return booster.Answer(
            [.. Enumerable.Range(0, asked[0].Length).SelectMany(row => asked.Select(column => column[row]))],
            AnswerKind.Raw,
            threads: 1
        );
    }
}
