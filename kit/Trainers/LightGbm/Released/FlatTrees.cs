using System.Reflection;
using Microsoft.ML.Trainers.FastTree;
using Trainyard.Learning.Encoding;

namespace Trainyard.Trainers.LightGbm.Released;

/// <summary>
/// A model's trees laid out to answer blocks of rows: tree by tree, four rows side by side, so that the processor
/// need not
/// wait for one row's node before it fetches another's. Microsoft.ML goes row by row through objects.
/// </summary>
internal sealed class FlatTrees
{
    /// <summary>Rows whose values stay in the processor's nearest cache while all trees pass over them.</summary>
    public const int RowsAtOnce = 256;

    private readonly Node[] _nodes;
    private readonly double[] _leafValues;
    private readonly (int Root, int Depth)[] _trees;

    private FlatTrees(List<Node> nodes, List<double> leafValues, List<(int Root, int Depth)> trees) =>
        (_nodes, _leafValues, _trees) = ([.. nodes], [.. leafValues], [.. trees]);

    /// <summary>Null where the trees are not of the kind that is known here.</summary>
    public static FlatTrees? TryMake(TreeEnsembleModelParametersBasedOnRegressionTree model)
    {
        var ensemble = model.TrainedTreeEnsemble;
        if (
            ensemble.Bias != 0
            || ensemble.TreeWeights.Any(weight => weight != 1)
            || ensemble.Trees.Any(tree => tree.CategoricalSplitFlags.Contains(true))
        )
        {
            return null;
        }

        var (nodes, leafValues, trees) = (new List<Node>(), new List<double>(), new List<(int, int)>());
        foreach (var tree in ensemble.Trees)
        {
            if (!TryMissing(tree, out var missing))
            {
                return null;
            }

            var root = nodes.Count;
            trees.Add((root, Place(tree, missing, nodes, leafValues)));
        }

        return new FlatTrees(nodes, leafValues, trees);
    }

    /// <summary>Adds up the trees' values for each row of a block.</summary>
    /// <param name="block">Two columns of <see cref="RowsAtOnce"/> values for each feature: with −∞, and with +∞,
    /// where a value is missing.</param>
    /// <param name="sums">Zeroes at first; as long as the block has rows.</param>
    public void Answer(ReadOnlySpan<float> block, Span<double> sums)
    {
        foreach (var (root, depth) in _trees)
        {
            var row = 0;
            for (; row + 4 <= sums.Length; row += 4)
            {
                var values = block[row..];
                var (a, b, c, d) = (root, root, root, root);
                for (var level = 0; level < depth; level++)
                {
                    a = Next(_nodes[a], values, 0);
                    b = Next(_nodes[b], values, 1);
                    c = Next(_nodes[c], values, 2);
                    d = Next(_nodes[d], values, 3);
                }

                sums[row] += _leafValues[a];
                sums[row + 1] += _leafValues[b];
                sums[row + 2] += _leafValues[c];
                sums[row + 3] += _leafValues[d];
            }

            for (; row < sums.Length; row++)
            {
                var node = root;
                for (var level = 0; level < depth; level++)
                {
                    node = Next(_nodes[node], block[row..], 0);
                }

                sums[row] += _leafValues[node];
            }
        }
    }

    /// <summary>Rows that take every turn a tree has: values at its thresholds, just above them, and missing. The
    /// same ones every time.</summary>
    public EncodedRows Probes(int columns, int rows)
    {
        var thresholds = _nodes
            .Where(node => float.IsFinite(node.Threshold))
            .ToLookup(node => node.Column / RowsAtOnce / 2, node => node.Threshold);
        var random = new Random(1);
        return new EncodedRows(
            rows,
            [
                .. Enumerable
                    .Range(0, columns)
                    .Select(column =>
                    {
                        float[] at = [0, .. thresholds[column]];
                        return Enumerable
                            .Range(0, rows)
                            .Select(_ => at[random.Next(at.Length)])
                            .Select(value =>
                                random.Next(4) switch
                                {
                                    0 => float.NaN,
                                    1 => MathF.BitIncrement(value),
                                    _ => value,
                                }
                            )
                            .ToArray();
                    }),
            ]
        );
    }

    private static int Next(in Node node, ReadOnlySpan<float> values, int row) =>
        node.Next + (values[node.Column + row] > node.Threshold ? 1 : 0);

    /// <summary>Appends a tree level by level, children side by side; a leaf is a node that leads to itself.</summary>
    /// <returns>The tree's depth.</returns>
    private static int Place(RegressionTree tree, float[]? missing, List<Node> nodes, List<double> leafValues)
    {
        var (waiting, depth) = (new Queue<(int Child, int At, int Level)>(), 0);
        Add(tree.NumberOfNodes == 0 ? ~0 : 0, 0);
        while (waiting.TryDequeue(out var next))
        {
            depth = Math.Max(depth, next.Level);
            if (next.Child < 0)
            {
                nodes[next.At] = new Node(float.PositiveInfinity, 0, next.At);
                leafValues[next.At] = tree.LeafValues[~next.Child];
                continue;
            }

            var threshold = tree.NumericalSplitThresholds[next.Child];
            // A comparison with NaN is false, which leads right, unless the tree has another value for what is missing.
            var missingGoesLeft = missing is not null && missing[next.Child] <= threshold;
            var column = (2 * tree.NumericalSplitFeatureIndexes[next.Child]) + (missingGoesLeft ? 0 : 1);
            nodes[next.At] = new Node(threshold, column * RowsAtOnce, nodes.Count);
            Add(tree.LeftChild[next.Child], next.Level + 1);
            Add(tree.RightChild[next.Child], next.Level + 1);
        }

        return depth;

        void Add(int child, int level)
        {
            waiting.Enqueue((child, nodes.Count, level));
            nodes.Add(default);
            leafValues.Add(0);
        }
    }

    /// <summary>
    /// What each node takes for a missing value. Microsoft.ML shows all of a tree but this, so it is read from its
    /// private parts; where they have changed, there are no flat trees.
    /// </summary>
    private static bool TryMissing(RegressionTree tree, out float[]? missing)
    {
        const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;
        var inner = typeof(RegressionTreeBase).GetField("_tree", Instance)?.GetValue(tree);
        var field = inner?.GetType().GetField("DefaultValueForMissing", Instance);
        missing = field?.GetValue(inner) as float[];
        return field is not null;
    }

    /// <param name="Threshold">A value above it leads to the right child.</param>
    /// <param name="Column">Where the column's values begin in a block.</param>
    /// <param name="Next">The left child; the right one is next to it.</param>
    private readonly record struct Node(float Threshold, int Column, int Next);
}
