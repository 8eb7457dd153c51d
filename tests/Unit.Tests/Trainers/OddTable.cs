using Trainyard.Trainers.LightGbm.Native;

namespace Trainyard.Tests.Trainers;

/// <summary>Rows with everything that a value can be, and labels that depend on them.</summary>
internal sealed class OddTable
{
    public const int Levels = 4;

    private static readonly double[] Odd =
    [
        double.NaN,
        double.PositiveInfinity,
        double.NegativeInfinity,
        0,
        -0.0,
        1e-35,
        -1e-36,
        double.Epsilon,
        1e300,
        -1e301,
        double.MaxValue,
        16777217,
        9007199254740993,
        -0.5,
        2147483648,
        4294967297,
    ];

    private OddTable(double[][] columns) => Columns = columns;

    /// <summary>Plain numbers; with NaN; mostly zero; odd ones; levels; levels with negative, broken and missing
    /// ones; whole numbers far from zero; one value only.</summary>
    public double[][] Columns { get; }

    public int Rows => Columns[0].Length;

    public IReadOnlyList<InputColumn> Inputs => [.. Columns.Select(InputColumn.Of)];

    public double[] RowMajor => [.. Enumerable.Range(0, Rows).SelectMany(row => Columns.Select(column => column[row]))];

    /// <param name="hasOdd">Whether values are among those that no training would see.</param>
    public static OddTable Make(int rows, int seed, bool hasOdd)
    {
        var random = new Random(seed);
        double[] Column(Func<double> value, double odd = 0) =>
            [
                .. Enumerable
                    .Range(0, rows)
                    .Select(_ =>
                        random.NextDouble() < (hasOdd ? Math.Max(odd, 0.05) : odd)
                            ? Odd[random.Next(Odd.Length)]
                            : value()
                    ),
            ];
        return new OddTable([
            Column(() => random.NextDouble() - 0.3),
            Column(() => random.Next(5) == 0 ? double.NaN : random.Next(-500, 500) / 7.0),
            Column(() => random.Next(3) == 0 ? random.NextDouble() - 0.5 : 0),
            Column(() => Math.Exp(random.Next(-80, 80)) * (random.Next(2) - 0.5), odd: 0.3),
            Column(() => random.Next(60)),
            Column(() =>
                random.Next(10) == 0 ? -3
                : random.Next(8) == 0 ? double.NaN
                : random.Next(200) * 37
            ),
            Column(() => 1e15 + random.Next(1000)),
            Column(() => 7),
        ]);
    }

    /// <summary>A label that no column tells alone.</summary>
    public double[] Labels(int seed)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, Rows)
                .Select(row =>
                    (2 * Finite(Columns[0][row]))
                    + Math.Sin(Finite(Columns[1][row]) / 20)
                    + (Finite(Columns[2][row]) > 0 ? 1 : 0)
                    + ((int)Finite(Columns[4][row]) % 7 / 3.0)
                    + ((int)Finite(Columns[5][row]) % 5 / 2.0)
                    + ((Finite(Columns[6][row]) - 1e15) / 800)
                    + (Finite(Columns[3][row]) > 0 ? Finite(Columns[0][row]) : 0.2)
                    + (random.NextDouble() / 2)
                ),
        ];
    }

    private static double Finite(double value) => double.IsFinite(value) ? Math.Clamp(value, -1e16, 1e16) : -1;
}
