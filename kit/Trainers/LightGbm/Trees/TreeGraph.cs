using Trainyard.Learning.Exporting;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Writes a model's trees into a graph.</summary>
internal static class TreeGraph
{
    /// <summary>What LightGBM takes for zero: nothing but 1e-35 in 32 bits.</summary>
    private const double Zero = 1e-35f;

    /// <returns>The answers; null where a split takes zero for missing, which graphs cannot.</returns>
    public static GraphValue? Write(TreeModel model, Link link, IReadOnlyList<GraphValue> columns)
    {
        if (
            model.Trees.Any(tree =>
                tree.Splits.Any(split => split.Missing is Missing.ZeroLeft or Missing.ZeroRight)
            )
        )
        {
            return null;
        }

        var trees = new GraphTrees();
        foreach (var (place, tree) in model.Trees.Index())
        {
            trees.Add([.. tree.Splits.Select(SplitOf)], tree.LeafValues, place % model.Width);
        }

        var rows = GraphValue.Row(columns);
        var graph = rows.Graph;
        rows = graph.Number(Zero).IsAtLeast(graph.Node("Abs", rows)).Choose(graph.Number(0), rows);
        return link.Write(trees.Of(rows, model.Width));
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
