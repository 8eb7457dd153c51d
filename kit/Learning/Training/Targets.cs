namespace Trainyard.Learning.Training;

/// <summary>What rows are learned with.</summary>
/// <param name="Labels">By the rows' places.</param>
/// <param name="Middle">What labels are counted from; null where they are learned as they are. A trainer's may be of
/// 32 bits, which near 1.73e9 lie 128 apart.</param>
/// <param name="ClassWeights">The weight of rows by their class; null where all rows weigh 1.</param>
/// <param name="RowWeights">The weight of rows by their places; null where that does not say it.</param>
public sealed record Targets(
    double[] Labels,
    double? Middle = null,
    IReadOnlyList<float>? ClassWeights = null,
    float[]? RowWeights = null
)
{
    /// <summary>Whether some rows weigh more than others.</summary>
    public bool HasWeights => RowWeights is not null || ClassWeights is not null;

    public float WeightOf(int row) =>
        RowWeights is not null ? RowWeights[row]
        : ClassWeights is not null ? ClassWeights[(int)Labels[row]]
        : 1;

    public float LessMiddle(int row) => (float)(Labels[row] - (Middle ?? 0));
}
