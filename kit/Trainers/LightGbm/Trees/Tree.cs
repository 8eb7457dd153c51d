namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>A tree as LightGBM numbers it: splits from 0, the root first; a child below 0 is the leaf
/// <c>~child</c>.</summary>
internal sealed record Tree
{
    public required Split[] Splits { get; init; }

    public required double[] LeafValues { get; init; }

    /// <summary>Rows that a leaf learned from; empty where the text does not say.</summary>
    public required int[] LeafCounts { get; init; }

    /// <summary>Rows that a split learned from; empty where the text does not say.</summary>
    public required int[] SplitCounts { get; init; }

    /// <summary>Where it begins.</summary>
    public int Root => Splits.Length == 0 ? ~0 : 0;

    public int CountOf(int child) => child < 0 ? LeafCounts[~child] : SplitCounts[child];
}

/// <param name="Threshold">A value no higher leads left.</param>
/// <param name="Levels">Of a split on levels: a bit for each that leads left.</param>
internal sealed record Split(int Feature, Missing Missing, double Threshold, uint[]? Levels, int Left, int Right);

/// <summary>What a split takes for missing, and where that leads.</summary>
internal enum Missing
{
    /// <summary>Nothing: NaN counts as zero.</summary>
    None,
    ZeroLeft,
    ZeroRight,
    NanLeft,
    NanRight,
}
