namespace Trainyard.Trainers.LightGbm.Trees.Reasons;

/// <summary>A tree as the ways to its leaves.</summary>
internal sealed class TreeReasons
{
    public TreeReasons(Tree tree, SplitColumns columns)
    {
        if (tree.LeafCounts.Length == 0)
        {
            throw new InvalidDataException(
                "LightGBM's text has no counts of rows, without which no answer can be explained."
            );
        }

        Splits = [.. tree.Splits.Select(split => new Asked(split, columns))];
        Leaves = [.. LeafPath.Of(tree).Where(path => path.Features.Length > 0)];
        Weights = [.. Leaves.Select(path => new LeafWeights(path))];
        MostFeatures = Leaves.Select(path => path.Features.Length).DefaultIfEmpty(0).Max();
        var rows = (double)tree.CountOf(tree.Root);
        Mean =
            tree.Splits.Length == 0
                ? tree.LeafValues[0]
                : tree.LeafValues.Zip(tree.LeafCounts, (value, count) => count / rows * value).Sum();
    }

    public Asked[] Splits { get; }

    public LeafPath[] Leaves { get; }

    public LeafWeights[] Weights { get; }

    /// <summary>On the way to one leaf.</summary>
    public int MostFeatures { get; }

    /// <summary>Of the rows that the tree learned from.</summary>
    public double Mean { get; }

    /// <summary>A split in places.</summary>
    internal sealed class Asked(Split split, SplitColumns columns)
    {
        private readonly int _place = split.Levels is null ? columns.PlaceOf(split) : 0;
        private readonly uint[]? _set = split.Levels is null ? null : columns.SetOf(split);

        public int Column { get; } = columns.ColumnOf(split);

        /// <param name="left">−1 where the split leads left, 0 where it leads right.</param>
        public void Ask(ReadOnlySpan<int> places, Span<int> left)
        {
            if (_set is { } set)
            {
                for (var row = 0; row < places.Length; row++)
                {
                    left[row] = -(int)((set[places[row] >> 5] >> (places[row] & 31)) & 1);
                }

                return;
            }

            for (var row = 0; row < places.Length; row++)
            {
                left[row] = places[row] > _place ? 0 : -1;
            }
        }
    }
}
