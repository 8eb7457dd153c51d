using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Trainers.IsolationForest;

/// <summary>A model as a package keeps it.</summary>
internal sealed record IsolationForestModel
{
    /// <summary>Goes up with whatever an older version would not understand.</summary>
    public const int Newest = 1;

    public required int Format { get; init; }

    /// <summary>By the encoder's names.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    public required IReadOnlyList<GrownTree> Trees { get; init; }

    /// <summary>As flat trees are made of it: their mean is the logarithm of the score, to the base 2.</summary>
    internal TreeModel AsTrees() =>
        new()
        {
            Features = Columns.Count,
            Width = 1,
            Objective = "",
            IsAveraged = true,
            Trees = [.. Trees.Select(tree => tree.AsTree())],
        };
}

/// <summary>A tree, by its splits and leaves: a child below 0 is the leaf <c>~child</c>.</summary>
/// <param name="Features">By split: the column it asks, by its place.</param>
/// <param name="Thresholds">A value no higher leads left.</param>
/// <param name="NullsLeft">Whether a null leads left.</param>
/// <param name="SplitCounts">How many rows came to it.</param>
/// <param name="Leaves">By leaf: less the splits to it, and those that its rows would take, over what rows take on
/// average.</param>
/// <param name="LeafCounts">How many rows came to it: none where it is for what lies far from all of them.</param>
internal sealed record GrownTree(
    IReadOnlyList<int> Features,
    IReadOnlyList<double> Thresholds,
    IReadOnlyList<bool> NullsLeft,
    IReadOnlyList<int> Lefts,
    IReadOnlyList<int> Rights,
    IReadOnlyList<int> SplitCounts,
    IReadOnlyList<double> Leaves,
    IReadOnlyList<int> LeafCounts
)
{
    /// <summary>Whether it is one, of so many columns: each node but the root is somebody's child once, and comes after
    /// it.</summary>
    public bool IsSound(int columns)
    {
        var splits = Features.Count;
        if (
            new[] { Thresholds.Count, NullsLeft.Count, Lefts.Count, Rights.Count, SplitCounts.Count }.Any(count =>
                count != splits
            )
            || Leaves.Count != splits + 1
            || LeafCounts.Count != splits + 1
            || Features.Any(feature => feature < 0 || feature >= columns)
        )
        {
            return false;
        }

        var seen = new HashSet<int>();
        for (var split = 0; split < splits; split++)
        {
            foreach (var child in new[] { Lefts[split], Rights[split] })
            {
                if (child >= splits || ~child > splits || (child >= 0 && child <= split) || !seen.Add(child))
                {
                    return false;
                }
            }
        }

        return true;
    }

    public Tree AsTree() =>
        new()
        {
            Splits =
            [
                .. Features.Select(
                    (feature, at) =>
                        new Split(
                            feature,
                            NullsLeft[at] ? Missing.NanLeft : Missing.NanRight,
                            Thresholds[at],
                            null,
                            Lefts[at],
                            Rights[at]
                        )
                ),
            ],
            LeafValues = [.. Leaves],
            LeafCounts = [.. LeafCounts],
            SplitCounts = [.. SplitCounts],
        };
}
