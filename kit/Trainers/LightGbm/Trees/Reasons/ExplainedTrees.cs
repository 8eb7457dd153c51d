namespace Trainyard.Trainers.LightGbm.Trees.Reasons;

/// <summary>The trees of a model as the ways to their leaves; any thread may read them.</summary>
internal sealed class ExplainedTrees
{
    /// <exception cref="InvalidDataException">The model does not tell how many rows came to each leaf.</exception>
    public ExplainedTrees(TreeModel model)
    {
        (Columns, Width) = (new SplitColumns(model), model.Width);
        Trees = [.. model.Trees.Select(tree => new TreeReasons(tree, Columns))];
        var means = new double[Width];
        foreach (var (at, tree) in Trees.Index())
        {
            means[at % Width] += tree.Mean;
        }

        Means = means;
    }

    public SplitColumns Columns { get; }

    public int Width { get; }

    /// <summary>Round by round.</summary>
    public IReadOnlyList<TreeReasons> Trees { get; }

    /// <summary>By class: the mean of the learned rows, from which contributions count.</summary>
    public IReadOnlyList<double> Means { get; }
}
