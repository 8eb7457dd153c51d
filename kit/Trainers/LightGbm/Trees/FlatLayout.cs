namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Lays trees out, each level by level with children side by side; a leaf is a node that leads to
/// itself.</summary>
internal sealed class FlatLayout(SplitColumns columns)
{
    private readonly List<Node> _nodes = [];
    private readonly List<double> _leafValues = [];
    private readonly List<uint> _levels = [];

    public FlatTree Add(Tree tree)
    {
        var (root, depth, isOnLevels) = (_nodes.Count, 0, false);
        var waiting = new Queue<(int Child, int At, int Level)>();
        Reserve(tree.Root, 0);
        while (waiting.TryDequeue(out var next))
        {
            depth = Math.Max(depth, next.Level);
            if (next.Child < 0)
            {
                _nodes[next.At] = new Node(int.MaxValue, 0, next.At);
                _leafValues[next.At] = tree.LeafValues[~next.Child];
                continue;
            }

            var split = tree.Splits[next.Child];
            isOnLevels |= split.Levels is not null;
            var place = split.Levels is null ? columns.PlaceOf(split) : ~Keep(split.Levels);
            _nodes[next.At] = new Node(place, columns.ColumnOf(split) * FlatTrees.RowsAtOnce, _nodes.Count);
            Reserve(split.Left, next.Level + 1);
            Reserve(split.Right, next.Level + 1);
        }

        return new FlatTree(root, depth, isOnLevels);

        void Reserve(int child, int level)
        {
            waiting.Enqueue((child, _nodes.Count, level));
            _nodes.Add(default);
            _leafValues.Add(0);
        }
    }

    public (Node[] Nodes, double[] LeafValues, uint[] Levels) Finish() => ([.. _nodes], [.. _leafValues], [.. _levels]);

    private int Keep(uint[] levels)
    {
        var at = _levels.Count;
        _levels.Add((uint)levels.Length);
        _levels.AddRange(levels);
        return at;
    }
}

internal readonly record struct FlatTree(int Root, int Depth, bool IsOnLevels);

/// <param name="Place">A place above it leads to the right child; below 0, it is <c>~</c> of where a set of levels
/// is, and a level that is not in that leads right.</param>
/// <param name="Column">Where the column's places begin in a block.</param>
/// <param name="Next">The left child; the right one is next to it.</param>
internal readonly record struct Node(int Place, int Column, int Next);
