namespace Trainyard.Learning.Training;

/// <summary>What rows are learned with.</summary>
/// <param name="Labels">By the rows' places.</param>
/// <param name="Middle">What labels are counted from; null where they are learned as they are. A trainer's may be of
/// 32 bits, which near 1.73e9 lie 128 apart.</param>
/// <param name="ClassWeights">The weight of rows by their class; null where all rows weigh 1.</param>
public sealed record Targets(double[] Labels, double? Middle = null, IReadOnlyList<float>? ClassWeights = null)
{
    public float WeightOf(int row) => ClassWeights is null ? 1 : ClassWeights[(int)Labels[row]];

    public float LessMiddle(int row) => (float)(Labels[row] - (Middle ?? 0));
}
