using Trainyard.Learning.Evaluating;
using Trainyard.Registry;

namespace Trainyard.Tests.Models;

/// <summary>How sure it is that one trial is better than another.</summary>
public sealed class TrialResultTests
{
    /// <summary>Of means it is the error that every book has.</summary>
    [Fact]
    public void The_error_of_a_difference_is_that_of_the_mean_of_differences()
    {
        var random = new Random(1);
        double[] common = [.. Enumerable.Range(0, 20).Select(_ => 100 * random.NextDouble())];
        double[] differences = [.. common.Select(_ => random.NextDouble())];
        double[] sums = [.. common.Zip(differences, (one, other) => one + other)];
        var variance = differences.Sum(each => Math.Pow(each - differences.Average(), 2)) / 19;

        Assert.Equal(Math.Sqrt(variance / 20), Of(sums).ErrorFrom(Of(common))!.Value, 1e-12);
        Assert.Equal(0, Of(sums).ErrorFrom(Of(sums)));
    }

    [Fact]
    public void There_is_none_where_a_part_of_the_rows_decides_whether_there_is_a_value()
    {
        var whole = Of([.. Enumerable.Range(1, 20).Select(value => (double)value)]);

        Assert.NotNull(whole.ErrorFrom(whole));
        Assert.Null(whole.ErrorFrom(whole with { Without = [null, .. whole.Without!.Skip(1)] }));
        Assert.Null(whole.ErrorFrom(whole with { Without = null }));
    }

    [Fact]
    public void Parts_follow_each_other_in_time_and_share_no_cutoff()
    {
        var frame = Some.Frame(rowsADay: 3);
        int[] rows = [.. Enumerable.Range(0, frame.Rows).Reverse()];

        var parts = Blocks.InParts(frame, rows);
        var places = Blocks.InParts(frame with { Cutoffs = [] }, [.. rows.Take(7)]);

        Assert.Equal(20, parts.Count);
        Assert.Equal(Enumerable.Range(0, 20), parts.OfRow.Distinct().Order());
        var inTime = rows.Zip(parts.OfRow).OrderBy(each => frame.Cutoffs[each.First]).ToList();
        Assert.Equal(inTime.Select(each => each.Second), inTime.Select(each => each.Second).Order());
        Assert.All(
            inTime.GroupBy(each => frame.Cutoffs[each.First]),
            cutoff => Assert.Single(cutoff.Select(each => each.Second).Distinct())
        );
        Assert.Equal(Enumerable.Range(0, 7), places.OfRow);
    }

    private static TrialResult Of(double[] values) =>
        new(values.Average(), 1, 1)
        {
            Without = [.. values.Index().Select(each => (double?)values.Where((_, at) => at != each.Index).Average())],
        };
}
