using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Explaining;

/// <summary>A reason of a row.</summary>
/// <param name="Rank">From 1 on, by the size of the contribution.</param>
public sealed record Reason(int Rank, RawFeature Feature, double Contribution);

/// <summary>The reasons of rows, by raw features.</summary>
public sealed class Reasons(IExplainer explainer, IReadOnlyList<RawFeature> features, int columns)
{
    private const int RowsAtOnce = 1024;

    /// <summary>The strongest reasons of some rows, in the order given, each row's strongest first. What adds nothing
    /// is none.</summary>
    /// <param name="scoreOf">Which raw score of a row is explained; null where it has one.</param>
    public IEnumerable<IReadOnlyList<Reason>> Of(EncodedRows rows, int[] order, int top, Func<int, int>? scoreOf = null)
    {
        var each = explainer.Width * columns;
        var contributions = new double[Math.Min(order.Length, RowsAtOnce) * each];
        for (var first = 0; first < order.Length; first += RowsAtOnce)
        {
            var some = Math.Min(RowsAtOnce, order.Length - first);
            explainer.Explain(rows, order.AsSpan(first, some), contributions.AsSpan(0, some * each));
            for (var i = 0; i < some; i++)
            {
                var score = scoreOf?.Invoke(order[first + i]) ?? 0;
                yield return Strongest(contributions.AsSpan((i * each) + (score * columns), columns), top);
            }
        }
    }

    private List<Reason> Strongest(ReadOnlySpan<double> contributions, int top)
    {
        var sums = new double[features.Count];
        for (var i = 0; i < sums.Length; i++)
        {
            foreach (var column in features[i].Columns)
            {
                sums[i] += contributions[column];
            }
        }

        return
        [
            .. sums.Index()
                .Where(sum => sum.Item != 0)
                .OrderByDescending(sum => Math.Abs(sum.Item))
                .ThenBy(sum => sum.Index)
                .Take(top)
                .Select((sum, place) => new Reason(place + 1, features[sum.Index], sum.Item)),
        ];
    }
}
