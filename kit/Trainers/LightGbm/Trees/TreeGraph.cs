using Trainyard.Learning.Exporting;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Writes a model's trees into a graph.</summary>
internal static class TreeGraph
{
    /// <returns>The answers; null where a split takes zero for missing, which graphs cannot.</returns>
    public static GraphValue? Write(TreeModel model, Link link, IReadOnlyList<GraphValue> columns)
    {
        if (model.Trees.Any(tree => tree.Splits.Any(split => split.Missing is Missing.ZeroLeft or Missing.ZeroRight)))
        {
            return null;
        }

        var trees = new GraphTrees();
        foreach (var (place, tree) in model.Trees.Index())
        {
            trees.Add([.. tree.Splits.Select(SplitOf)], tree.LeafValues, place % model.Width);
        }

        // What LightGBM takes for zero lies on one side of each threshold: it puts none among it.
        return link.Write(trees.Of(GraphValue.Row(columns), model.Width));
    }

    private static GraphSplit SplitOf(Split split) =>
        split.Levels is not { } levels
            ? new(
                split.Feature,
                split.Threshold,
                null,
                split.Missing switch
                {
                    Missing.NanLeft => true,
                    Missing.NanRight => false,
                    _ => split.Threshold >= 0,
                },
                split.Left,
                split.Right
            )
        : SplitColumns.Named(levels).ToList() is { Count: > 0 } named
            ? new(split.Feature, 0, named, false, split.Left, split.Right)
        // No level is below 0.
        : new(split.Feature, -1, null, false, split.Left, split.Right);
}
