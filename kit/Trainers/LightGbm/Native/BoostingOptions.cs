using System.Globalization;

namespace Trainyard.Trainers.LightGbm.Native;

/// <summary>How LightGBM grows trees. What a column of a dataset is (categorical) belongs to
/// <see cref="BinningOptions"/>.</summary>
internal sealed record BoostingOptions
{
    public required BoostingObjective Objective { get; init; }

    /// <summary>As LightGBM names it; computed on the validation rows after each round. None by default.</summary>
    public string Metric { get; init; } = "None";

    /// <summary>The most rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Rounds without a better metric after which fitting ends; never where 0.</summary>
    public int EarlyStopping { get; init; }

    /// <summary>The most leaves of a tree; 31.</summary>
    public int Leaves { get; init; } = 31;

    /// <summary>The most levels of a tree; any number where −1.</summary>
    public int Depth { get; init; } = -1;

    /// <summary>0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>20.</summary>
    public int MinRowsPerLeaf { get; init; } = 20;

    /// <summary>1e-3.</summary>
    public double MinHessianPerLeaf { get; init; } = 1e-3;

    /// <summary>0.</summary>
    public double L1 { get; init; }

    /// <summary>0.</summary>
    public double L2 { get; init; }

    /// <summary>The share of rows that a tree sees; 1.</summary>
    public double RowShare { get; init; } = 1;

    /// <summary>The share of columns that a tree sees; 1.</summary>
    public double FeatureShare { get; init; } = 1;

    /// <summary>The share of a tree's columns that a split sees; 1.</summary>
    public double FeatureShareOfSplit { get; init; } = 1;

    /// <summary>Trees that do not build on one another, and are averaged.</summary>
    public bool IsForest { get; init; }

    /// <summary>A column each: 1 where the answer may not fall as the value rises, −1 where it may not rise, 0
    /// where it may do either. None by default.</summary>
    public IReadOnlyList<int> Monotone { get; init; } = [];

    /// <summary>The columns that splits draw from; all where empty. Those that part no rows are drawn as any
    /// other.</summary>
    public IReadOnlyList<int> Drawn { get; init; } = [];

    /// <summary>Smooths the ranks of levels in which sets of them are looked for; 10.</summary>
    public double LevelSmoothing { get; init; } = 10;

    /// <summary>The L2 of a split on a set; 10.</summary>
    public double LevelL2 { get; init; } = 10;

    /// <summary>The most levels of a set; 32.</summary>
    public int MostLevelsOfSet { get; init; } = 32;

    /// <summary>A column with no more levels is split one level against the others; 4.</summary>
    public int MostLevelsOneByOne { get; init; } = 4;

    /// <summary>The fewest rows of a group of levels; 100.</summary>
    public int MinRowsPerGroup { get; init; } = 100;

    public int Seed { get; init; } = 1;

    /// <summary>All processors where 0.</summary>
    public int Threads { get; init; }

    /// <summary>Whether more of the metric is better.</summary>
    public bool IsHigherBetter => Metric is "auc" or "auc_mu" or "average_precision" or "ndcg" or "map";

    /// <summary>Warnings are told, the rest is not.</summary>
    private const int Quiet = 0;

    public string Text =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Objective.Text} metric={Metric} boosting={(IsForest ? "rf" : "gbdt")} num_leaves={Leaves} "
                + $"max_depth={Depth} learning_rate={LearningRate:R} min_data_in_leaf={MinRowsPerLeaf} "
                + $"min_sum_hessian_in_leaf={MinHessianPerLeaf:R} lambda_l1={L1:R} lambda_l2={L2:R} "
                + $"bagging_fraction={RowShare:R} bagging_freq={(RowShare < 1 ? 1 : 0)} "
                + $"feature_fraction={FeatureShare:R} feature_fraction_bynode={FeatureShareOfSplit:R} "
                + $"cat_smooth={LevelSmoothing:R} cat_l2={LevelL2:R} "
                + $"max_cat_threshold={MostLevelsOfSet} max_cat_to_onehot={MostLevelsOneByOne} "
                + $"min_data_per_group={MinRowsPerGroup} seed={Seed} num_threads={Threads} deterministic=true "
                + $"force_col_wise=true feature_pre_filter=false verbosity={Quiet} "
                + $"monotone_constraints={(Monotone.Any(way => way != 0) ? string.Join(',', Monotone) : "")}"
                + $"{(Drawn.Count > 0 ? " interaction_constraints=[" + string.Join(',', Drawn) + "]" : "")}"
        );
}
