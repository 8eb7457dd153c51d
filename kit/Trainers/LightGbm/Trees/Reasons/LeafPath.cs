namespace Trainyard.Trainers.LightGbm.Trees.Reasons;

/// <summary>What a leaf asks of each feature on its way from the root.</summary>
internal sealed class LeafPath
{
    private LeafPath(double value, List<(int Feature, double Share, List<Turn> Turns)> asked)
    {
        Value = value;
        Features = [.. asked.Select(one => one.Feature)];
        Shares = [.. asked.Select(one => one.Share)];
        Turns = [.. asked.Select(one => one.Turns.ToArray())];
    }

    public double Value { get; }

    /// <summary>Each once, however often it is split on.</summary>
    public int[] Features { get; }

    /// <summary>By feature: of the learned rows that come to its splits, the share that goes on to the leaf.</summary>
    public double[] Shares { get; }

    /// <summary>By feature.</summary>
    public Turn[][] Turns { get; }

    public static IEnumerable<LeafPath> Of(Tree tree)
    {
        // A tree can be deeper than the stack of a thread.
        var waiting = new Stack<(int Child, Step? Way)>([(tree.Root, null)]);
        while (waiting.TryPop(out var next))
        {
            if (next.Child < 0)
            {
                yield return new LeafPath(tree.LeafValues[~next.Child], Asked(next.Way));
                continue;
            }

            var split = tree.Splits[next.Child];
            foreach (var child in new[] { split.Right, split.Left })
            {
                var share = (double)tree.CountOf(child) / tree.CountOf(next.Child);
                var turn = new Turn(next.Child, child == split.Left);
                waiting.Push((child, new Step(next.Way, split.Feature, share, turn)));
            }
        }
    }

    private static List<(int Feature, double Share, List<Turn> Turns)> Asked(Step? last)
    {
        var asked = new List<(int Feature, double Share, List<Turn> Turns)>();
        for (var step = last; step is not null; step = step.Before)
        {
            var at = asked.FindIndex(one => one.Feature == step.Feature);
            if (at < 0)
            {
                asked.Add((step.Feature, step.Share, [step.Turn]));
            }
            else
            {
                asked[at].Turns.Add(step.Turn);
                asked[at] = asked[at] with { Share = asked[at].Share * step.Share };
            }
        }

        return asked;
    }

    private sealed record Step(Step? Before, int Feature, double Share, Turn Turn);
}

/// <param name="Split">In its tree.</param>
/// <param name="IsLeft">Whether the leaf lies to the left of it.</param>
internal readonly record struct Turn(int Split, bool IsLeft);
