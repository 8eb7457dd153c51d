using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Settings of gradient boosted trees, by LightGBM's meaning of them.</summary>
public sealed record LightGbmOptions : TrainerOptions
{
    [Description("The most trees; validation picks how many are used.")]
    [Range(1, 100_000)]
    public int MaxTrees { get; init; } = 1000;

    [Description("Leaves of a tree (num_leaves).")]
    [Range(2, 10_000)]
    public int Leaves { get; init; } = 31;

    [Description("The weight of each new tree (learning_rate).")]
    [Range(1e-6, 10.0)]
    public double LearningRate { get; init; } = 0.05;

    [Description("The fewest rows in a leaf (min_data_in_leaf).")]
    [Range(1, 1_000_000)]
    public int MinRowsPerLeaf { get; init; } = 20;

    [Description("The L2 penalty on leaf values (lambda_l2).")]
    [Range(0.0, 1e9)]
    public double L2 { get; init; }

    [Description("The share of features each tree sees (feature_fraction).")]
    public Share FeatureShare { get; init; } = new(1);

    [Description("The share of rows each tree sees (bagging_fraction).")]
    public Share RowShare { get; init; } = new(1);

    [Description("Stop when validation has not improved for so many trees (early_stopping_round).")]
    [Range(1, 100_000)]
    public int EarlyStopping { get; init; } = 50;

    [Description(
        "How trees part the levels of a category: by their ranks in frequency, or any set of them from the others "
            + "(categorical_feature)."
    )]
    public LevelSplits Levels { get; init; }

    internal IEnumerable<(string Key, string Problem)> Problems() =>
        new[] { ("feature_share", FeatureShare), ("row_share", RowShare) }
            .Where(option => option.Item2.Value == 0)
            .Select(option =>
                (
                    option.Item1,
                    $"{option.Item1} is 0, so that no tree sees anything; write a share above it, such as 80%."
                )
            );
}
