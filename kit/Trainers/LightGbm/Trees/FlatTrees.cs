using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Trainyard.Trainers.LightGbm.Trees;

/// <summary>
/// A model's trees laid out to answer blocks of rows: tree by tree, four rows side by side, so that the processor need
/// not wait for one row's node before it fetches another's. The sums are LightGBM's raw scores to the last bit: the
/// same leaves, added up in the same order.
/// </summary>
internal sealed class FlatTrees
{
    /// <summary>Rows whose places stay in the processor's nearest cache while all trees pass over them.</summary>
    public const int RowsAtOnce = 256;

    private readonly Node[] _nodes;
    private readonly double[] _leafValues;
    private readonly FlatTree[] _trees;

    /// <summary>The sets of all splits on levels, one after the other; a set's length stands before it.</summary>
    private readonly uint[] _levels;

    public FlatTrees(TreeModel model)
    {
        Columns = new SplitColumns(model);
        Width = model.Width;
        var layout = new FlatLayout(Columns);
        _trees = [.. model.Trees.Select(layout.Add)];
        (_nodes, _leafValues, _levels) = layout.Finish();
    }

    public SplitColumns Columns { get; }

    /// <summary>Scores a row.</summary>
    public int Width { get; }

    /// <summary>Adds up the trees for each row of a block.</summary>
    /// <param name="block">Columns of <see cref="RowsAtOnce"/> places, as <see cref="SplitColumns.Fill"/> leaves
    /// them.</param>
    /// <param name="sums">Class by class, <see cref="RowsAtOnce"/> each; the first rows are set.</param>
    public void Answer(ReadOnlySpan<int> block, int rows, Span<double> sums)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(block.Length, Columns.Count * RowsAtOnce);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, RowsAtOnce);
        sums[..(Width * RowsAtOnce)].Clear();
        for (var tree = 0; tree < _trees.Length; tree++)
        {
            var ofClass = sums.Slice(tree % Width * RowsAtOnce, rows);
            if (_trees[tree].IsOnLevels)
            {
                AddWithLevels(_trees[tree], block, ofClass);
            }
            else
            {
                Add(_trees[tree], block, ofClass);
            }
        }
    }

    private void Add(FlatTree tree, ReadOnlySpan<int> block, Span<double> sums)
    {
        // Trees are held to what they are when they are read, and the block to its length: no index leaves its array.
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        ref var leaves = ref MemoryMarshal.GetArrayDataReference(_leafValues);
        ref var places = ref MemoryMarshal.GetReference(block);
        var row = 0;
        for (; row + 4 <= sums.Length; row += 4)
        {
            ref var values = ref Unsafe.Add(ref places, row);
            var (a, b, c, d) = (tree.Root, tree.Root, tree.Root, tree.Root);
            for (var level = 0; level < tree.Depth; level++)
            {
                a = Next(ref Unsafe.Add(ref nodes, a), ref values, 0);
                b = Next(ref Unsafe.Add(ref nodes, b), ref values, 1);
                c = Next(ref Unsafe.Add(ref nodes, c), ref values, 2);
                d = Next(ref Unsafe.Add(ref nodes, d), ref values, 3);
            }

            sums[row] += Unsafe.Add(ref leaves, a);
            sums[row + 1] += Unsafe.Add(ref leaves, b);
            sums[row + 2] += Unsafe.Add(ref leaves, c);
            sums[row + 3] += Unsafe.Add(ref leaves, d);
        }

        for (; row < sums.Length; row++)
        {
            var node = tree.Root;
            for (var level = 0; level < tree.Depth; level++)
            {
                node = Next(ref Unsafe.Add(ref nodes, node), ref places, row);
            }

            sums[row] += Unsafe.Add(ref leaves, node);
        }
    }

    private void AddWithLevels(FlatTree tree, ReadOnlySpan<int> block, Span<double> sums)
    {
        for (var row = 0; row < sums.Length; row++)
        {
            var at = tree.Root;
            while (true)
            {
                ref readonly var node = ref _nodes[at];
                if (node.Next == at)
                {
                    break;
                }

                var place = block[node.Column + row];
                at = node.Next + (node.Place < 0 ? (IsIn(~node.Place, place) ? 0 : 1) : (place > node.Place ? 1 : 0));
            }

            sums[row] += _leafValues[at];
        }
    }

    private bool IsIn(int set, int level) => LevelSet.Has(_levels.AsSpan(set + 1, (int)_levels[set]), level);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next(ref Node node, ref int values, int row) =>
        node.Next + (Unsafe.Add(ref values, node.Column + row) > node.Place ? 1 : 0);
}
