namespace Trainyard.Learning.Exporting;

/// <summary>Trees whose leaves are added up, as one operation of a graph.</summary>
public sealed class GraphTrees
{
    private const byte AtMost = 0;
    private const byte OneOf = 6;

    private readonly List<long> _roots = [];
    private readonly List<long> _features = [];
    private readonly List<byte> _modes = [];
    private readonly List<double> _thresholds = [];
    private readonly List<double> _members = [];
    private readonly List<long> _missing = [];
    private readonly List<long>[] _children =
    [
        [],
        [],
    ];
    private readonly List<long>[] _areLeaves =
    [
        [],
        [],
    ];
    private readonly List<double> _leaves = [];
    private readonly List<long> _targets = [];

    /// <summary>Adds a tree.</summary>
    /// <param name="splits">The root first; none where there is one leaf.</param>
    /// <param name="target">Which of a row's sums its leaves are added to.</param>
    public void Add(IReadOnlyList<GraphSplit> splits, IReadOnlyList<double> leaves, int target)
    {
        // A tree without a split is none there.
        (splits, leaves) =
            splits.Count == 0
                ? ([new GraphSplit(0, 0, null, false, ~0, ~1)], [leaves[0], leaves[0]])
                : (splits, leaves);
        var (firstSplit, firstLeaf) = (_modes.Count, _leaves.Count);
        _roots.Add(firstSplit);
        foreach (var split in splits)
        {
            _features.Add(split.Feature);
            _modes.Add(split.Members is null ? AtMost : OneOf);
            _thresholds.Add(split.Threshold);
            _members.AddRange(split.Members is null ? [] : [.. split.Members, double.NaN]);
            _missing.Add(split.IsMissingTrue ? 1 : 0);
            foreach (var (place, child) in new[] { split.True, split.False }.Index())
            {
                _children[place].Add(child < 0 ? firstLeaf + ~child : firstSplit + child);
                _areLeaves[place].Add(child < 0 ? 1 : 0);
            }
        }

        _leaves.AddRange(leaves);
        _targets.AddRange(Enumerable.Repeat((long)target, leaves.Count));
    }

    /// <param name="rows">The features, side by side.</param>
    /// <param name="width">How many sums a row.</param>
    public GraphValue Of(GraphValue rows, int width)
    {
        List<(string, object)> attributes =
        [
            ("n_targets", (long)width),
            ("tree_roots", _roots.ToArray()),
            ("nodes_featureids", _features.ToArray()),
            ("nodes_modes", new GraphTensor(GraphType.Byte, _modes.ToArray(), [_modes.Count])),
            ("nodes_splits", GraphTensor.Of([.. _thresholds])),
            ("nodes_missing_value_tracks_true", _missing.ToArray()),
            ("nodes_truenodeids", _children[0].ToArray()),
            ("nodes_trueleafs", _areLeaves[0].ToArray()),
            ("nodes_falsenodeids", _children[1].ToArray()),
            ("nodes_falseleafs", _areLeaves[1].ToArray()),
            ("leaf_weights", GraphTensor.Of([.. _leaves])),
            ("leaf_targetids", _targets.ToArray()),
        ];
        if (_members.Count > 0)
        {
            attributes.Add(("membership_values", GraphTensor.Of([.. _members])));
        }

        return rows.Graph.Node("TreeEnsemble", [rows], attributes, isOfLearning: true);
    }

    /// <summary>How many of sorted values lie below a number.</summary>
    public static GraphValue CountBelow(GraphValue number, IReadOnlyList<double> sorted)
    {
        var splits = new List<GraphSplit>();
        if (sorted.Count > 0)
        {
            Halve(0, sorted.Count);
        }

        var trees = new GraphTrees();
        trees.Add(splits, [.. Enumerable.Range(0, sorted.Count + 1).Select(count => (double)count)], 0);
        return trees.Of(number, 1);

        // Between so many below it and so many.
        int Halve(int least, int most)
        {
            if (least == most)
            {
                return ~least;
            }

            var (at, half) = (splits.Count, (least + most) / 2);
            splits.Add(new GraphSplit(0, sorted[half], null, false, 0, 0));
            splits[at] = splits[at] with { True = Halve(least, half), False = Halve(half + 1, most) };
            return at;
        }
    }
}

/// <summary>A split of a tree: a number at most the threshold, or a level that is a member, leads to the true
/// child.</summary>
/// <param name="IsMissingTrue">Whether NaN leads there too.</param>
/// <param name="True">Another split of the tree; below 0 the leaf <c>~True</c>.</param>
/// <param name="False">The same.</param>
public readonly record struct GraphSplit(
    int Feature,
    double Threshold,
    IReadOnlyList<double>? Members,
    bool IsMissingTrue,
    int True,
    int False
);
