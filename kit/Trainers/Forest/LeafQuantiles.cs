using Trainyard.Learning.Training;
using Trainyard.Trainers.LightGbm;
using Trainyard.Trainers.LightGbm.Native;
using Trainyard.Trainers.LightGbm.Trees;

namespace Trainyard.Trainers.Forest;

/// <summary>
/// Gives each leaf a quantile of the rows that come to it, in place of their mean: trees are grown for means whatever
/// they answer. Grown by LightGBM for the median, a forest erred nearly twice as much on house prices (not looked into:
/// its trees had a quarter of the leaves). The quantiles of all rows that share leaves with one (Meinshausen 2006) were
/// no better there in five of six figures, and are no trees. Averaged, outer quantiles lie too far inward: who asks for
/// an interval has its ends moved out by rows not learned, who asks for a quantile alone has not.
/// </summary>
internal static class LeafQuantiles
{
    private const int TreesAtOnce = 16;
    private const int RowsAtOnce = 4096;

    /// <param name="text">A forest for means.</param>
    /// <param name="level">The share of a leaf's rows that lie below.</param>
    public static string In(string text, Lesson lesson, double level, CancellationToken cancel)
    {
        var model = ModelText.Read(text);
        var targets = lesson.Targets;

        // In the order of their labels, so that each leaf meets its own in order.
        int[] rows = [.. lesson.Learned];
        Array.Sort(Array.ConvertAll(rows, row => targets.Labels[row]), rows);
        var columns = EncodedInputs.Of(lesson.Rows, rows, cancel);
        var labels = Array.ConvertAll(rows, row => targets.Labels[row] - (targets.Middle ?? 0));
        var weights = Array.ConvertAll(rows, row => (double)targets.WeightOf(row));
        var values = new List<double[]>();
        foreach (var trees in model.Trees.Chunk(TreesAtOnce))
        {
            var leaves = LeavesOf(model, trees, columns, rows.Length, lesson.Threads, cancel);
            values.AddRange(
                trees.Select((tree, place) => QuantilesOf(tree, leaves, place, trees.Length, labels, weights, level))
            );
        }

        return ForestText.With(text, values);
    }

    /// <summary>By row and tree, the leaf that the row comes to: what trees answer whose leaves hold their own
    /// numbers.</summary>
    private static double[] LeavesOf(
        TreeModel model,
        Tree[] trees,
        InputColumn[] columns,
        int rows,
        int threads,
        CancellationToken cancel
    )
    {
        var flat = new FlatTrees(
            model with
            {
                Width = trees.Length,
                IsAveraged = false,
                Trees =
                [
                    .. trees.Select(tree =>
                        tree with
                        {
                            LeafValues = [.. Enumerable.Range(0, tree.LeafValues.Length).Select(leaf => (double)leaf)],
                        }
                    ),
                ],
            }
        );
        var leaves = new double[rows * trees.Length];
        Parallel.For(
            0,
            (rows + RowsAtOnce - 1) / RowsAtOnce,
            new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
            block =>
            {
                var first = block * RowsAtOnce;
                var some = leaves.AsSpan(first * trees.Length, Math.Min(RowsAtOnce, rows - first) * trees.Length);
                new FlatAnswers(flat).Answer(columns, first, some);
            }
        );
        return leaves;
    }

    /// <param name="leaves">In the order of labels.</param>
    private static double[] QuantilesOf(
        Tree tree,
        double[] leaves,
        int place,
        int width,
        double[] labels,
        double[] weights,
        double level
    )
    {
        var all = new double[tree.LeafValues.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            all[LeafOf(row)] += weights[row];
        }

        // A row stands in the middle of what it weighs; between two the quantile lies as far as its level does.
        var (below, last) = (new double[all.Length], new (double At, double Label)?[all.Length]);
        var quantiles = new double?[all.Length];
        for (var row = 0; row < labels.Length; row++)
        {
            if (weights[row] <= 0)
            {
                continue;
            }

            var leaf = LeafOf(row);
            var at = (below[leaf] + (weights[row] / 2)) / all[leaf];
            if (quantiles[leaf] is null && at >= level)
            {
                quantiles[leaf] = last[leaf] is { } before
                    ? before.Label + ((labels[row] - before.Label) * (level - before.At) / (at - before.At))
                    : labels[row];
            }

            below[leaf] += weights[row];
            last[leaf] = (at, labels[row]);
        }

        return [.. quantiles.Select((quantile, leaf) => quantile ?? last[leaf]?.Label ?? tree.LeafValues[leaf])];

        int LeafOf(int row) => (int)leaves[(row * width) + place];
    }
}
