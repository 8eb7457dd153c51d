namespace Trainyard.Pipelines;

/// <summary>
/// What the options are that a spec leaves out, by what the measured fit learns. A small table is learned slowly, by
/// many trees that each see a part of it and may cut small leaves, and that are penalized for it: its noise averages
/// out. Between 1,000 and 100,000 rows all of it moves towards fewer restraints, evenly in the logarithm of the rows.
/// A tree sees enough features for what they say together, and from 10,000 rows on all of them: where some of them
/// carry most, trees without those lose more than the others gain. Few trees each do more.
/// </summary>
public static class LightGbmRule
{
    private const int EnoughFeatures = 10;
    private const int FewRows = 2000;
    private const int SeedsOfFewRows = 5;

    /// <summary>As <c>trainyard spec</c> prints it.</summary>
    public static IReadOnlyList<string> Words { get; } =
    [
        "leaves: 15 * 4^s, with s = log10(rows / 1000) / 2, from 0 to 1; rows are those beside the holdout",
        "learning_rate: 0.03 + 0.02 * s, at least 3 / max_trees, at most 0.3 by that",
        "min_rows_per_leaf: rows / 200, from 5 to 20",
        "l2: 1",
        "feature_share: 40% + 120% * s, at most all, at least 10 features",
        "row_share: 60% + 20% * s",
        "early_stopping: 100 - 50 * s",
        $"seeds: {SeedsOfFewRows} below {FewRows} rows, else 1",
    ];

    public static LightGbmOptions Fill(LightGbmOptions said, long rows, int columns)
    {
        var s = Math.Clamp(Math.Log10(Math.Max(rows, 1) / 1000.0) / 2, 0, 1);
        var enough = Math.Min(1, (double)EnoughFeatures / Math.Max(columns, 1));
        return said with
        {
            Leaves = said.Leaves ?? (int)Math.Round(15 * Math.Pow(4, s)),
            LearningRate =
                said.LearningRate ?? Math.Round(Math.Max(0.03 + (0.02 * s), Math.Min(0.3, 3.0 / said.MaxTrees)), 3),
            MinRowsPerLeaf = said.MinRowsPerLeaf ?? (int)Math.Clamp(rows / 200, 5, 20),
            L2 = said.L2 ?? 1,
            FeatureShare = said.FeatureShare ?? new Share(Math.Round(Math.Clamp(0.4 + (1.2 * s), enough, 1), 2)),
            RowShare = said.RowShare ?? new Share(Math.Round(0.6 + (0.2 * s), 2)),
            EarlyStopping = said.EarlyStopping ?? (int)Math.Round(100 - (50 * s)),
            Seeds = said.Seeds ?? (rows < FewRows ? SeedsOfFewRows : 1),
        };
    }
}
