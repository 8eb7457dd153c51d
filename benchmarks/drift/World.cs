namespace Trainyard.Benchmarks.Drift;

/// <summary>
/// Rows of a table by the day, as counts in cells. Four numbers: one the same on all days, one that weekends move,
/// one that each day moves by a tenth of its spread, one that is null in 5 % of the rows. Two categories whose levels
/// have shares like 1, 1/2, 1/3, …, one of them with other shares at weekends. On a weekend there are four fifths of
/// the rows.
/// </summary>
internal sealed class World(Random random, int rows, int levels)
{
    /// <summary>Numbers are rounded to this many values.</summary>
    private const int Cells = 200;
    private const double Reach = 4;

    private readonly double[] _shares = [.. Enumerable.Range(1, levels).Select(rank => 1.0 / rank)];

    /// <summary>So many values has a number.</summary>
    public static int Values => Cells;

    public IReadOnlyList<Input> Inputs { get; } =
    [
        new("steady", true, Cells),
        new("weekly", true, Cells),
        new("daily", true, Cells),
        new("gaps", true, Cells),
        new("levels", false, levels),
        new("weekly_levels", false, levels),
    ];

    /// <summary>The rows of a day: of each input the counts of its cells; then those of a level nobody had, and
    /// null.</summary>
    public long[][] Day(int day)
    {
        var isWeekend = day % 7 >= 5;
        var n = isWeekend ? rows * 4 / 5 : rows;
        var nulls = Sampling.Multinomial(random, n, [0.95, 0.05])[1];
        return
        [
            Number(n, 0, 0),
            Number(n, isWeekend ? 0.5 : 0, 0),
            Number(n, 0.1 * Sampling.Normal(random), 0),
            Number(n - nulls, 0, nulls),
            Category(n, _shares),
            Category(n, isWeekend ? [.. _shares.Reverse()] : _shares),
        ];
    }

    private long[] Number(long n, double mean, long nulls) =>
        [
            .. Sampling.Multinomial(
                random,
                n,
                [
                    .. Enumerable
                        .Range(0, Cells)
                        .Select(cell => ((cell + 0.5) / Cells * 2 * Reach) - Reach - mean)
                        .Select(value => Math.Exp(-value * value / 2)),
                ]
            ),
            0,
            nulls,
        ];

    private long[] Category(long n, double[] shares) => [.. Sampling.Multinomial(random, n, shares), 0, 0];

    public sealed record Input(string Name, bool IsNumber, int Cells);
}
