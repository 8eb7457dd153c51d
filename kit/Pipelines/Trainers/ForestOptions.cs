using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Trainyard.Pipelines;

/// <summary>Settings of trees that are averaged.</summary>
public sealed record ForestOptions : TrainerOptions
{
    private const int TreesToTry = 100;

    [Description("How many trees; of several classes, as many for each.")]
    [Range(1, 100_000)]
    public int Trees { get; init; } = 300;

    [Description("The most leaves of a tree (num_leaves).")]
    [Range(2, 100_000)]
    public int Leaves { get; init; } = 1000;

    [Description("The fewest rows in a leaf (min_data_in_leaf).")]
    [Range(1, 1_000_000)]
    public int MinRowsPerLeaf { get; init; } = 3;

    [Description(
        "How many rows of the average each leaf is given beside its own (lambda_l2). Default: 1 where nothing may be "
            + "impossible, as of probabilities and counts, else 0."
    )]
    [Range(0.0, 1e9)]
    public double? L2 { get; init; }

    [Description("The share of features each split chooses from (feature_fraction_bynode).")]
    public Share FeatureShare { get; init; } = new(0.35);

    [Description("The share of rows each tree sees (bagging_fraction).")]
    public Share RowShare { get; init; } = new(0.632);

    /// <summary>A third of the trees has nearly as little noise as all of them.</summary>
    public override TrainerOptions ToTry() => this with { Trees = Math.Min(Trees, TreesToTry) };

    internal IEnumerable<(string Key, string Problem)> Problems()
    {
        if (FeatureShare.Value == 0)
        {
            yield return (
                "feature_share",
                "feature_share is 0, so that no split has a feature; write a share above it, such as 35%."
            );
        }

        if (RowShare.Value is 0 or 1)
        {
            yield return (
                "row_share",
                RowShare.Value == 0
                    ? "row_share is 0, so that no tree sees anything; write a share above it, such as 63%."
                    : "row_share is 100%, and trees that all see the same rows are no forest; write a share below it, "
                        + "such as 63%."
            );
        }
    }
}
