using System.Numerics;
using System.Runtime.InteropServices;
using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Trainers.LightGbm.Trees.Reasons;

/// <summary>
/// What each feature adds to a raw score: exact Shapley values of the trees along the ways that learned rows went
/// (Lundberg et al. 2020), the numbers of LightGBM's <c>pred_contrib</c>. Many rows share a pattern at a leaf
/// (<see cref="LeafWeights"/>), so blocks of rows go leaf by leaf: each finds its pattern, eight rows at a time, and
/// looks up what that gives. One a thread, for it keeps what it works with.
/// </summary>
internal sealed class Contributions
{
    public const int RowsAtOnce = 2048;

    /// <summary>Beyond it there would be more patterns than rows that could share them.</summary>
    private const int MostShared = 12;

    private readonly IReadOnlyList<TreeReasons> _trees;
    private readonly SplitColumns _columns;
    private readonly int _width;
    private readonly IReadOnlyList<double> _means;
    private readonly double[] _values = new double[RowsAtOnce];
    private readonly int[] _places;
    private readonly int[] _left;
    private readonly int[] _patterns = new int[RowsAtOnce];
    private readonly double[] _sums;
    private readonly double[] _given;
    private readonly double[] _products;
    private readonly byte[] _sends;
    private readonly int[] _seen = new int[1 << MostShared];
    private int _now;

    public Contributions(ExplainedTrees model)
    {
        (_trees, _columns, _width, _means) = (model.Trees, model.Columns, model.Width, model.Means);
        var most = _trees.Max(tree => tree.MostFeatures);
        _places = new int[_columns.Count * RowsAtOnce];
        _left = new int[_trees.Max(tree => tree.Splits.Length) * RowsAtOnce];
        _sums = new double[_width * _columns.Features * RowsAtOnce];
        _given = new double[Math.Max(most, MostShared << Math.Min(most, MostShared))];
        _products = new double[(most / 2) + 1];
        _sends = new byte[most];
    }

    /// <summary>As LightGBM lays them out: by row, by class, a number a feature, and the mean.</summary>
    /// <param name="first">The first row to answer.</param>
    public void Answer(IReadOnlyList<InputColumn> columns, int first, Span<double> contributions)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(columns.Count, _columns.Features);
        var each = _width * (_columns.Features + 1);
        var rows = contributions.Length / each;
        for (var done = 0; done < rows; done += RowsAtOnce)
        {
            var some = Math.Min(RowsAtOnce, rows - done);
            Array.Clear(_sums);
            for (var feature = 0; feature < columns.Count; feature++)
            {
                if (_columns.IsUsed(feature))
                {
                    columns[feature].Read(first + done, _values.AsSpan(0, some));
                    _columns.Fill(feature, _values.AsSpan(0, some), _places, RowsAtOnce);
                }
            }

            for (var tree = 0; tree < _trees.Count; tree++)
            {
                var sums = _sums.AsSpan(tree % _width * _columns.Features * RowsAtOnce);
                Add(_trees[tree], some, sums);
            }

            WriteOut(some, contributions.Slice(done * each, some * each));
        }
    }

    private void WriteOut(int rows, Span<double> contributions)
    {
        var features = _columns.Features;
        for (var ofClass = 0; ofClass < _width; ofClass++)
        {
            for (var row = 0; row < rows; row++)
            {
                var of = contributions.Slice(((row * _width) + ofClass) * (features + 1), features + 1);
                of[features] = _means[ofClass];
                for (var feature = 0; feature < features; feature++)
                {
                    of[feature] = _sums[(((ofClass * features) + feature) * RowsAtOnce) + row];
                }
            }
        }
    }

    private void Add(TreeReasons tree, int rows, Span<double> sums)
    {
        for (var split = 0; split < tree.Splits.Length; split++)
        {
            tree.Splits[split]
                .Ask(
                    _places.AsSpan(tree.Splits[split].Column * RowsAtOnce, rows),
                    _left.AsSpan(split * RowsAtOnce, rows)
                );
        }

        for (var leaf = 0; leaf < tree.Leaves.Length; leaf++)
        {
            if (tree.Leaves[leaf].Features.Length <= MostShared)
            {
                AddShared(tree.Leaves[leaf], tree.Weights[leaf], rows, sums);
            }
            else
            {
                AddEach(tree.Leaves[leaf], tree.Weights[leaf], rows, sums);
            }
        }
    }

    private void AddShared(LeafPath path, LeafWeights weights, int rows, Span<double> sums)
    {
        var features = path.Features.Length;
        FindPatterns(path.Turns, rows);
        var products = _products.AsSpan(0, weights.Points);
        var (now, stride) = (++_now, 1 << features);
        var patterns = _patterns.AsSpan(0, rows);
        foreach (var pattern in patterns)
        {
            if (_seen[pattern] != now)
            {
                _seen[pattern] = now;
                for (var feature = 0; feature < features; feature++)
                {
                    _sends[feature] = (byte)((pattern >> feature) & 1);
                }

                weights.Give(_sends.AsSpan(0, features), products, _given.AsSpan(pattern), stride);
            }
        }

        for (var feature = 0; feature < features; feature++)
        {
            var given = _given.AsSpan(feature * stride, stride);
            var ofFeature = sums.Slice(path.Features[feature] * RowsAtOnce, rows);
            for (var row = 0; row < ofFeature.Length; row++)
            {
                ofFeature[row] += given[patterns[row]];
            }
        }
    }

    private void AddEach(LeafPath path, LeafWeights weights, int rows, Span<double> sums)
    {
        var features = path.Features.Length;
        var products = _products.AsSpan(0, weights.Points);
        var sends = new byte[features * rows];
        for (var from = 0; from < features; from += MostShared)
        {
            var some = path.Turns.AsSpan(from, Math.Min(MostShared, features - from));
            FindPatterns(some, rows);
            for (var row = 0; row < rows; row++)
            {
                for (var feature = 0; feature < some.Length; feature++)
                {
                    sends[(row * features) + from + feature] = (byte)((_patterns[row] >> feature) & 1);
                }
            }
        }

        for (var row = 0; row < rows; row++)
        {
            weights.Give(sends.AsSpan(row * features, features), products, _given, 1);
            for (var feature = 0; feature < features; feature++)
            {
                sums[(path.Features[feature] * RowsAtOnce) + row] += _given[feature];
            }
        }
    }

    /// <summary>A bit for each feature that sends the row to the leaf.</summary>
    private void FindPatterns(ReadOnlySpan<Turn[]> turns, int rows)
    {
        var left = MemoryMarshal.Cast<int, Vector<int>>(_left);
        var patterns = MemoryMarshal.Cast<int, Vector<int>>(_patterns.AsSpan());
        var perSplit = RowsAtOnce / Vector<int>.Count;
        var count = (rows + Vector<int>.Count - 1) / Vector<int>.Count;
        for (var at = 0; at < count; at++)
        {
            var pattern = Vector<int>.Zero;
            for (var feature = 0; feature < turns.Length; feature++)
            {
                var sends = Vector<int>.AllBitsSet;
                foreach (var turn in turns[feature])
                {
                    var isLeft = left[(turn.Split * perSplit) + at];
                    sends &= turn.IsLeft ? isLeft : ~isLeft;
                }

                pattern |= sends & new Vector<int>(1 << feature);
            }

            patterns[at] = pattern;
        }
    }
}
