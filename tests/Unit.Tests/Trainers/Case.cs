using System.Collections.Concurrent;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Tests.Trainers;

/// <summary>A model fitted to an <see cref="OddTable"/>.</summary>
internal static class Case
{
    public static IEnumerable<string> Names =>
        [
            "binary",
            "binary sigmoid",
            "multiclass",
            "regression",
            "median",
            "quantile",
            "poisson",
            "tweedie",
            "levels",
            "levels multiclass",
            "zero missing",
            "forest",
            "monotone",
            "deep",
            "shares",
            "constant",
        ];

    private static readonly ConcurrentDictionary<(string, int), Lazy<BoostedModel>> Fitted = [];

    /// <summary>Fitted once, whoever asks for it.</summary>
    public static BoostedModel Fit(string name, int rounds = 30) =>
        Fitted.GetOrAdd((name, rounds), _ => new Lazy<BoostedModel>(() => FitNow(name, 3000, rounds))).Value;

    private static BoostedModel FitNow(string name, int rows, int rounds)
    {
        var table = OddTable.Make(rows, seed: 1, hasOdd: false);
        var labels = table.Labels(seed: 2);
        var isPositive = name is "poisson" or "tweedie";
        var classes = name switch
        {
            _ when name.StartsWith("binary", StringComparison.Ordinal) => 2,
            _ when name.EndsWith("multiclass", StringComparison.Ordinal) => OddTable.Levels,
            _ => 0,
        };
        if (classes > 0)
        {
            var sorted = labels.Order().ToArray();
            labels = [.. labels.Select(label => (double)(classes * Array.BinarySearch(sorted, label) / rows))];
        }
        else if (isPositive)
        {
            labels = [.. labels.Select(label => Math.Round(Math.Abs(label)))];
        }
        else if (name == "constant")
        {
            labels = [.. labels.Select(_ => 3.25)];
        }

        var binning = new BinningOptions
        {
            Categorical = name.StartsWith("levels", StringComparison.Ordinal) ? [4, 5] : [],
            IsZeroMissing = name == "zero missing",
            Threads = 1,
        };
        using var dataset = NativeDataset.Create(table.Inputs, binning);
        dataset.SetLabels(labels);
        return Boosting.Fit(dataset, null, Options(name, rounds));
    }

    public static BoostingObjective ObjectiveOf(string name) =>
        name switch
        {
            "binary" => BoostingObjective.Binary(),
            "binary sigmoid" => BoostingObjective.Binary(0.7),
            "multiclass" or "levels multiclass" => BoostingObjective.Multiclass(OddTable.Levels),
            "median" => BoostingObjective.RegressionL1,
            "quantile" => BoostingObjective.Quantile(0.9),
            "poisson" => BoostingObjective.Poisson,
            "tweedie" => BoostingObjective.Tweedie(1.3),
            _ => BoostingObjective.Regression,
        };

    private static BoostingOptions Options(string name, int rounds)
    {
        var options = new BoostingOptions
        {
            Objective = ObjectiveOf(name),
            Rounds = rounds,
            Threads = 1,
        };
        return name switch
        {
            "forest" => options with { IsForest = true, RowShare = 0.6, FeatureShare = 0.7 },
            "monotone" => options with { Monotone = [1, 0, 0, 0, 0, 0, -1, 0] },
            "deep" => options with { Leaves = 400, MinRowsPerLeaf = 1, LearningRate = 0.3 },
            "shares" => options with { RowShare = 0.5, FeatureShare = 0.5, L1 = 0.1, L2 = 3, Depth = 5 },
            _ => options,
        };
    }
}
