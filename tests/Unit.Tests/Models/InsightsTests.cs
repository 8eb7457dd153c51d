using Trainyard.Learning.Data;
using Trainyard.Learning.Encoding;
using Trainyard.Learning.Explaining;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>How answers run along a column, of an answer that is written down here.</summary>
public sealed class InsightsTests
{
    private static readonly int[] All = [.. Enumerable.Range(0, 1000)];

    [Fact]
    public void Along_a_number_the_mean_is_taken_over_all_else_and_rows_are_counted_where_they_are()
    {
        double[] x = [.. All.Select(row => row == 999 ? 1e6 : row / 8.0)];
        double[] other = [.. All.Select(row => (double)(row % 2))];

        var run = Run([new NumberColumn("x", x), new NumberColumn("other", other)], row => (2 * row[0]) + row[1])!;

        Assert.Equal(24, run.Stops.Count);
        Assert.All(run.Stops, stop => Assert.Equal((2 * stop.At!.Value) + 0.5, stop.Value, 4));
        Assert.Equal(1000, run.Stops.Sum(stop => stop.Rows));
        Assert.InRange(run.Stops[^1].At!.Value, 120, 125);
        Assert.All(run.Stops.Skip(1).SkipLast(1), stop => Assert.InRange(stop.Rows, 35, 50));
    }

    [Fact]
    public void A_few_numbers_are_each_told_and_what_is_missing_is_not()
    {
        double[] x = [.. All.Select(row => row % 4 == 0 ? double.NaN : row % 4)];

        var run = Run([new NumberColumn("x", x)], row => row[0] * row[0])!;

        Assert.Equal(
            [(1.0, 1.0, 250L), (2.0, 4.0, 250L), (3.0, 9.0, 250L)],
            run.Stops.Select(stop => (stop.At!.Value, stop.Value, stop.Rows))
        );
    }

    [Fact]
    public void Along_a_category_levels_are_told_by_name_the_most_frequent_first()
    {
        int[] codes =
        [
            .. All.Select(row =>
                row % 10 == 0 ? 0
                : row % 3 == 0 ? 1
                : 2
            ),
        ];

        var run = Run([new CategoryColumn("x", codes, ["rare", "often"])], row => row[0])!;

        Assert.Equal(
            [("often", 2.0, 600L), ("rare", 3.0, 300L)],
            run.Stops.Select(stop => (stop.Name!, stop.Value, stop.Rows))
        );
    }

    [Fact]
    public void Rows_so_made_that_have_no_answer_are_left_out_and_counted()
    {
        double[] x = [.. All.Select(row => (double)(row % 4))];
        double[] other = [.. All.Select(row => (double)(row % 2))];

        var run = Run(
            [new NumberColumn("x", x), new NumberColumn("other", other)],
            row => row[0] == 3 || (row[0] == 1 && row[1] == 1) ? double.NaN : row[0] + row[1]
        )!;

        Assert.Equal([(0.0, 0.5), (1.0, 1.0), (2.0, 2.5)], run.Stops.Select(stop => (stop.At!.Value, stop.Value)));
        Assert.EndsWith(
            " To 600\u00a0rows that this made the model has no answer, so they are left out.",
            run.Caption,
            StringComparison.Ordinal
        );
        Assert.Null(Run([new NumberColumn("x", x)], row => row[0] == 0 ? 0 : double.NaN));
    }

    [Fact]
    public void What_all_rows_have_alike_runs_nowhere() =>
        Assert.Null(Run([new NumberColumn("x", new double[1000])], row => row[0]));

    private static RunExhibit? Run(IReadOnlyList<FrameColumn> columns, Func<float[], double> answer)
    {
        var frame = new Frame
        {
            Rows = 1000,
            Columns = columns,
            Labels = Some.Frame().Labels,
            Cutoffs = [],
            Keys = new ulong[1000],
        };
        var encoder = Encoder.Fit(frame, All, _ => 10);
        var runs = new RunsOfAnswers(
            encoder,
            frame,
            encoder.Encode(frame),
            All,
            rows =>
                [
                    .. Enumerable
                        .Range(0, rows.Count)
                        .Select(row => answer([.. rows.Columns.Select(column => column[row])])),
                ]
        );
        return runs.Of(["x"], new Axis("mean value"));
    }
}
