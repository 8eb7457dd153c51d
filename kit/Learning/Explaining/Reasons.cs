using Trainyard.Learning.Encoding;
using Trainyard.Learning.Scoring;

namespace Trainyard.Learning.Explaining;

/// <summary>A reason of a row.</summary>
/// <param name="Rank">From 1 on, by the size of the contribution.</param>
public sealed record Reason(int Rank, RawFeature Feature, double Contribution);

/// <summary>The reasons of rows, by raw features.</summary>
/// <param name="columns">How many the model reads.</param>
/// <param name="threads">How many explain at once.</param>
public sealed class Reasons(IExplainer explainer, IReadOnlyList<RawFeature> features, int columns, int threads)
{
    private const int MostRowsAtOnce = 2048;

    /// <summary>Numbers that a thread holds at once: of many classes a row alone has tens of thousands.</summary>
    private const int MostNumbers = 1 << 22;

    /// <summary>The strongest reasons of some rows, in the order given, each row's strongest first. What adds nothing
    /// is none.</summary>
    /// <param name="scoreOf">Which raw score of a row is explained; null where it has one.</param>
    public IEnumerable<IReadOnlyList<Reason>> Of(
        EncodedRows rows,
        int[] order,
        int top,
        CancellationToken cancel,
        Func<int, int>? scoreOf = null
    )
    {
        // As many rows at once as keep the threads busy: of a large part, the reasons of all would be many.
        var rowsAtOnce = RowsAtOnce(order.Length);
        for (var first = 0; first < order.Length; first += rowsAtOnce * threads)
        {
            var some = new IReadOnlyList<Reason>[Math.Min(rowsAtOnce * threads, order.Length - first)];
            Parallel.For(
                0,
                (some.Length + rowsAtOnce - 1) / rowsAtOnce,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancel },
                block =>
                {
                    var at = block * rowsAtOnce;
                    var count = Math.Min(rowsAtOnce, some.Length - at);
                    Explain(rows, order.AsSpan(first + at, count), top, scoreOf, some.AsSpan(at, count));
                }
            );
            foreach (var reasons in some)
            {
                yield return reasons;
            }
        }
    }

    /// <summary>Of few rows each thread has some: of what is sampled each takes long.</summary>
    private int RowsAtOnce(int rows) =>
        Math.Clamp(
            Math.Min(MostNumbers / (explainer.Width * columns), (rows + threads - 1) / threads),
            1,
            MostRowsAtOnce
        );

    private void Explain(
        EncodedRows rows,
        ReadOnlySpan<int> order,
        int top,
        Func<int, int>? scoreOf,
        Span<IReadOnlyList<Reason>> reasons
    )
    {
        var each = explainer.Width * columns;
        var contributions = new double[order.Length * each];
        explainer.Explain(rows, order, contributions);
        for (var i = 0; i < order.Length; i++)
        {
            var score = scoreOf?.Invoke(order[i]) ?? 0;
            reasons[i] = Strongest(contributions.AsSpan((i * each) + (score * columns), columns), top);
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
