using Trainyard.Learning.Data;
using Trainyard.Learning.Evaluating;
using Trainyard.Pipelines;
using static Trainyard.Tests.Trainers.SomeClusters;

namespace Trainyard.Tests.Trainers;

/// <summary>What rows are to k-means: nulls, units, rows that are alike, numbers beyond 32 bits.</summary>
public sealed class KMeansRowsTests
{
    [Fact]
    public void A_null_lies_at_the_mean_and_one_deviation_aside()
    {
        var frame = new Frame
        {
            Rows = 4,
            Columns = [new NumberColumn("x", [0, 0, 20, 20f]), new NumberColumn("y", [1, float.NaN, 1, float.NaN])],
            Labels = Labels.Unknown(4),
            Cutoffs = [],
            Keys = new ulong[4],
        };

        foreach (var (scale, apart) in new[] { (Scaling.Standard, 1), (Scaling.None, 1) })
        {
            var lesson = LessonOf(frame, scale);
            var pairs = PointsOf(lesson, [0, 1]).SquaresFrom(PointsOf(lesson, [0]).CentresOf([0], 1), 1);
            Assert.Equal([0, (double)apart], pairs.Select(square => Math.Round(square, 6)));
        }
    }

    /// <summary>In their own unit numbers are as large as they are, and squares of their distances beyond 32
    /// bits.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(1e9)]
    [InlineData(1e30)]
    [InlineData(1e-30)]
    public void Clusters_are_the_same_whatever_the_unit(double unit)
    {
        var random = new Random(2);
        double[] x = [.. Enumerable.Range(0, 90).Select(i => (i % 3 * 10) + random.NextDouble())];
        var frame = Table(new NumberColumn("x", [.. x.Select(value => value * unit)]));
        var lesson = LessonOf(frame, Scaling.None) with { Size = 3 };
        int[] all = [.. Enumerable.Range(0, 90)];

        int[] nearest =
        [
            .. Distances(Fit(lesson, new KMeansOptions()).Scorer, lesson, all)
                .Select(row => Array.IndexOf(row, row.Min())),
        ];

        Assert.Equal(all.Select(i => nearest[i % 3]), nearest);
        Assert.Distinct(nearest[..3]);
        Assert.InRange(Separation.Of(PointsOf(lesson, all), nearest)!.Average(), 0.9, 1);
    }

    [Fact]
    public void Numbers_whose_distances_32_bits_do_not_hold_are_65()
    {
        var frame = Table(new NumberColumn("x", [-1e39, 0, 1e39]));

        var fault = Assert.Throws<Fault>(() => LessonOf(frame, Scaling.None));

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal(
            "The column 'x' has numbers so large that 32 bits do not hold how far they may lie from each other "
                + "in their own unit. Write scale: standard in model.options, or divide them in the query. "
                + "Nothing was changed.",
            fault.Message
        );
    }

    [Theory]
    [InlineData(
        1,
        "Of the 60 rows to learn from no more than 1 differ from each other, and model.options.clusters asks "
    )]
    [InlineData(
        4,
        "Of the 60 rows to learn from no more than 4 differ from each other, and model.options.clusters asks "
    )]
    public void More_clusters_than_rows_that_differ_is_65(int different, string beginning)
    {
        var frame = new Frame
        {
            Rows = Rows,
            Columns = [new NumberColumn("x", [.. All.Select(i => (float)(i % different))])],
            Labels = Labels.Unknown(Rows),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };

        var fault = Assert.Throws<Fault>(() =>
            Fit(LessonOf(frame, Scaling.Standard), new KMeansOptions { Clusters = new FromTo(5, 5) })
        );

        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.StartsWith(beginning, fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "for 5 clusters. Mend the rows, or ask for fewer. Nothing was changed.",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Zeros_of_either_sign_and_nulls_make_no_difference()
    {
        var other = BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(float.NaN) + 1);
        var frame = new Frame
        {
            Rows = Rows,
            Columns =
            [
                new NumberColumn("x", [.. All.Select(i => i % 2 == 0 ? 0f : -0f)]),
                new NumberColumn("y", [.. All.Select(i => i % 3 == 0 ? float.NaN : other)]),
            ],
            Labels = Labels.Unknown(Rows),
            Cutoffs = [],
            Keys = new ulong[Rows],
        };

        var fault = Assert.Throws<Fault>(() => Fit(LessonOf(frame, Scaling.Standard), new KMeansOptions()));

        Assert.StartsWith(
            "Of the 60 rows to learn from no more than 1 differ",
            fault.Message,
            StringComparison.Ordinal
        );
    }

    private static Frame Table(NumberColumn column) =>
        new()
        {
            Rows = column.Count,
            Columns = [column],
            Labels = Labels.Unknown(column.Count),
            Cutoffs = [],
            Keys = new ulong[column.Count],
        };
}
