namespace Trainyard.Pipelines;

/// <summary>
/// What the options are that a spec leaves out, by the number of rows that the measured fit learns. A small table is
/// learned slowly, by many trees that each see a part of it and may cut small leaves, and that are penalized for it:
/// its noise averages out. Between 1,000 and 100,000 rows all of it moves towards fewer restraints, evenly in the
/// logarithm of the rows.
/// </summary>
public static class LightGbmRule
{
    /// <summary>As <c>trainyard spec</c> prints it.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [
            "s = log10(rows / 1000) / 2, from 0 (1,000 rows) to 1 (100,000); rows: those that fit and validation have",
            "leaves: 15 x 4^s; learning_rate: 0.03 + 0.02 s; min_rows_per_leaf: rows / 200, from 5 to 20",
            "feature_share: 40% + 40% s; row_share: 60% + 20% s; l2: 1; early_stopping: 100 - 50 s",
        ];

    public static LightGbmOptions Fill(LightGbmOptions said, long rows, int columns)
    {
        var s = Math.Clamp(Math.Log10(Math.Max(rows, 1) / 1000.0) / 2, 0, 1);
        return said with
        {
            Leaves = said.Leaves ?? (int)Math.Round(15 * Math.Pow(4, s)),
            LearningRate = said.LearningRate ?? Math.Round(0.03 + (0.02 * s), 3),
            MinRowsPerLeaf = said.MinRowsPerLeaf ?? (int)Math.Clamp(rows / 200, 5, 20),
            L2 = said.L2 ?? 1,
            FeatureShare = said.FeatureShare ?? new Share(Math.Round(0.4 + (0.4 * s), 2)),
            RowShare = said.RowShare ?? new Share(Math.Round(0.6 + (0.2 * s), 2)),
            EarlyStopping = said.EarlyStopping ?? (int)Math.Round(100 - (50 * s)),
        };
    }
}
