using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Settings of gradient boosted trees, by LightGBM's meaning of them. What is null follows the table when
/// training: <see cref="LightGbmRule"/>.</summary>
public sealed record LightGbmOptions : TrainerOptions
{
    [Description("The most trees; validation picks how many are used.")]
    [Range(1, 100_000)]
    public int MaxTrees { get; init; } = 1000;

    [Description("Leaves of a tree (num_leaves); by default it follows the rows.")]
    [Range(2, 10_000)]
    public int? Leaves { get; init; }

    [Description("The weight of each new tree (learning_rate); by default it follows the rows.")]
    [Range(1e-6, 10.0)]
    public double? LearningRate { get; init; }

    [Description("The fewest rows in a leaf (min_data_in_leaf); by default it follows the rows.")]
    [Range(1, 1_000_000)]
    public int? MinRowsPerLeaf { get; init; }

    [Description("The L2 penalty on leaf values (lambda_l2); by default it follows the rows.")]
    [Range(0.0, 1e9)]
    public double? L2 { get; init; }

    [Description("The share of features each tree sees (feature_fraction); by default it follows the rows.")]
    public Share? FeatureShare { get; init; }

    [Description("The share of rows each tree sees (bagging_fraction); by default it follows the rows.")]
    public Share? RowShare { get; init; }

    [Description(
        "Stop when validation has not improved for so many trees (early_stopping_round); by default it follows the "
            + "rows."
    )]
    [Range(1, 100_000)]
    public int? EarlyStopping { get; init; }

    [Description(
        "How many models are fitted, from this seed on, whose raw scores are averaged into one; by default it follows "
            + "the rows."
    )]
    [Range(1, 100)]
    public int? Seeds { get; init; }

    public override TrainerOptions For(long rows, int columns) => LightGbmRule.Fill(this, rows, columns);

    public override TrainerOptions WithoutReleasedDefaults() =>
        this with
        {
            Leaves = Unless(Leaves, 31),
            LearningRate = Unless(LearningRate, 0.05),
            MinRowsPerLeaf = Unless(MinRowsPerLeaf, 20),
            L2 = Unless(L2, 0),
            FeatureShare = Unless(FeatureShare, new Share(1)),
            RowShare = Unless(RowShare, new Share(1)),
            EarlyStopping = Unless(EarlyStopping, 50),
        };

    [Description(
        "How trees part the levels of a category: by their ranks, or any set of them from the others "
            + "(categorical_feature)."
    )]
    public LevelSplits Levels { get; init; }

    internal IEnumerable<(string Key, string Problem)> Problems() =>
        new[] { ("feature_share", FeatureShare), ("row_share", RowShare) }
            .Where(option => option.Item2 is { Value: 0 })
            .Select(option =>
                (
                    option.Item1,
                    $"{option.Item1} is 0, so that no tree sees anything; write a share above it, such as 80%."
                )
            );

    private static T? Unless<T>(T? value, T filled)
        where T : struct => value is { } said && EqualityComparer<T>.Default.Equals(said, filled) ? null : value;
}
