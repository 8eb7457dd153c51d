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

    /// <summary>Sets of places, one after the other. The first is empty and as long as any: what a split on a number
    /// finds, where it need not look.</summary>
    private readonly uint[] _sets;

    public FlatTrees(TreeModel model)
    {
        Columns = new SplitColumns(model);
        Width = model.Width;
        var layout = new FlatLayout(Columns);
        _trees = [.. model.Trees.Select(layout.Add)];
        (_nodes, _leafValues, _sets) = layout.Finish();
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
                Add<ByNumberOrSet>(_trees[tree], block, ofClass);
            }
            else
            {
                Add<ByNumber>(_trees[tree], block, ofClass);
            }
        }
    }

    private void Add<TTurn>(FlatTree tree, ReadOnlySpan<int> block, Span<double> sums)
        where TTurn : ITurn
    {
        // Trees are held to what they are when they are read, and the block to its length: no index leaves its array.
        ref var nodes = ref MemoryMarshal.GetArrayDataReference(_nodes);
        ref var leaves = ref MemoryMarshal.GetArrayDataReference(_leafValues);
        ref var sets = ref MemoryMarshal.GetArrayDataReference(_sets);
        ref var places = ref MemoryMarshal.GetReference(block);
        var row = 0;
        for (; row + 4 <= sums.Length; row += 4)
        {
            ref var values = ref Unsafe.Add(ref places, row);
            var (a, b, c, d) = (tree.Root, tree.Root, tree.Root, tree.Root);
            for (var level = 0; level < tree.Depth; level++)
            {
                a = Next<TTurn>(ref Unsafe.Add(ref nodes, a), ref values, 0, ref sets);
                b = Next<TTurn>(ref Unsafe.Add(ref nodes, b), ref values, 1, ref sets);
                c = Next<TTurn>(ref Unsafe.Add(ref nodes, c), ref values, 2, ref sets);
                d = Next<TTurn>(ref Unsafe.Add(ref nodes, d), ref values, 3, ref sets);
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
                node = Next<TTurn>(ref Unsafe.Add(ref nodes, node), ref places, row, ref sets);
            }

            sums[row] += Unsafe.Add(ref leaves, node);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Next<TTurn>(ref Node node, ref int values, int row, ref uint sets)
        where TTurn : ITurn => node.Next + TTurn.Right(ref node, Unsafe.Add(ref values, node.Column + row), ref sets);

    /// <summary>Which way a place leads; one that the compiler puts into the loop.</summary>
    private interface ITurn
    {
        static abstract int Right(ref Node node, int place, ref uint sets);
    }

    /// <summary>In a tree that splits on numbers only.</summary>
    private readonly struct ByNumber : ITurn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Right(ref Node node, int place, ref uint sets) => place > node.Place ? 1 : 0;
    }

    /// <summary>In any other: both are computed, for a guess of which it is would be wrong too often.</summary>
    private readonly struct ByNumberOrSet : ITurn
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Right(ref Node node, int place, ref uint sets)
        {
            var word = Unsafe.Add(ref sets, (node.Set & int.MaxValue) + (place >> 5));
            return (place > node.Place ? 1 : 0) | ((node.Set >>> 31) & (int)(~word >> (place & 31)));
        }
    }
}
