namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>Lays trees out, each level by level with children side by side; a leaf is a node that leads to
/// itself.</summary>
internal sealed class FlatLayout(SplitColumns columns)
{
    private const int IsSet = int.MinValue;

    private readonly List<Node> _nodes = [];
    private readonly List<double> _leafValues = [];
    private readonly List<uint> _sets = [.. new uint[(columns.MostPlaces >> 5) + 1]];

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
                _nodes[next.At] = new Node(int.MaxValue, 0, next.At, 0);
                _leafValues[next.At] = tree.LeafValues[~next.Child];
                continue;
            }

            var split = tree.Splits[next.Child];
            isOnLevels |= split.Levels is not null;
            var column = columns.ColumnOf(split) * FlatTrees.RowsAtOnce;
            _nodes[next.At] = split.Levels is null
                ? new Node(columns.PlaceOf(split), column, _nodes.Count, 0)
                : new Node(int.MaxValue, column, _nodes.Count, Keep(columns.SetOf(split)) | IsSet);
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

    public (Node[] Nodes, double[] LeafValues, uint[] Sets) Finish() => ([.. _nodes], [.. _leafValues], [.. _sets]);

    private int Keep(uint[] set)
    {
        _sets.AddRange(set);
        return _sets.Count - set.Length;
    }
}

internal readonly record struct FlatTree(int Root, int Depth, bool IsOnLevels);

/// <param name="Place">A place above it leads to the right child.</param>
/// <param name="Column">Where the column's places begin in a block.</param>
/// <param name="Next">The left child; the right one is next to it.</param>
/// <param name="Set">The sign is set where a place that is not in the set leads to the right child; the rest is where
/// the set begins.</param>
internal readonly record struct Node(int Place, int Column, int Next, int Set);
