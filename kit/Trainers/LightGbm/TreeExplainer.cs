using System.Buffers;
using System.Collections.Concurrent;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;
using Trainyard.Trainers.LightGbm.Trees;
using Trainyard.Trainers.LightGbm.Trees.Reasons;

namespace Trainyard.Trainers.LightGbm;

/// <summary>What each column adds to the raw scores of trees, exactly.</summary>
internal sealed class TreeExplainer : IExplainer
{
    private readonly ExplainedTrees _trees;

    /// <summary>Those that no thread works with at the moment.</summary>
    private readonly ConcurrentBag<Contributions> _free = [];
    private readonly double _share;

    private TreeExplainer(TreeModel model)
    {
        (_trees, _share) = (new ExplainedTrees(model), model.IsAveraged ? 1.0 / model.Rounds : 1);
        Means = [.. _trees.Means.Select(mean => mean * _share)];
    }

    public int Width => _trees.Width;

    public IReadOnlyList<double> Means { get; }

    /// <summary>Null where the model does not tell how many rows came to each leaf.</summary>
    public static TreeExplainer? Of(TreeModel model) =>
        model.Trees.Any(tree => tree.LeafCounts.Length == 0) ? null : new TreeExplainer(model);

    public void Explain(EncodedRows rows, ReadOnlySpan<int> order, Span<double> contributions)
    {
        var features = _trees.Columns.Features;
        var laidOut = ArrayPool<double>.Shared.Rent(order.Length * Width * (features + 1));
        var works = _free.TryTake(out var free) ? free : new Contributions(_trees);
        try
        {
            // A row's are followed by the mean, as LightGBM lays them out.
            var each = laidOut.AsSpan(0, order.Length * Width * (features + 1));
            works.Answer(EncodedInputs.Of(rows, order.ToArray()), 0, each);
            for (var at = 0; at < order.Length * Width; at++)
            {
                each.Slice(at * (features + 1), features).CopyTo(contributions.Slice(at * features, features));
            }
        }
        finally
        {
            _free.Add(works);
            ArrayPool<double>.Shared.Return(laidOut);
        }

        if (_share != 1)
        {
            foreach (ref var contribution in contributions)
            {
                contribution *= _share;
            }
        }
    }
}
