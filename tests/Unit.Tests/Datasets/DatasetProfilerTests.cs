using System.Globalization;
using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Datasets;

public sealed class DatasetProfilerTests
{
    private static readonly Column[] Columns =
    [
        new("number", ColumnType.Double, true),
        new("text", ColumnType.Text, true),
        new("day", ColumnType.Date, true),
        new("flag", ColumnType.Boolean, true),
    ];

    [Fact]
    public void A_column_is_counted_exactly_while_it_has_few_values()
    {
        var profiler = new DatasetProfiler(Columns);
        var part = profiler.Start(0);
        foreach (var (number, text) in new[] { (1.0, "a"), (2, "b"), (2, null), (double.NaN, "b"), (4, "") })
        {
            Row(part, number, text);
        }

        profiler.Add(part);
        var profile = profiler.ToProfile();

        Assert.Equal(
            (5, 1, 3, true, 2.25),
            (profile[0].Count, profile[0].Nulls, profile[0].Distinct, profile[0].DistinctIsExact, profile[0].Mean)
        );
        Assert.Equal([new ValueCount("2", 2), new ValueCount("1", 1), new ValueCount("4", 1)], profile[0].Top);
        Assert.Equal((1, 2, 4), (profile[0].Quantiles![0], profile[0].Quantiles![7], profile[0].Quantiles![^1]));
        Assert.Equal(
            (5, 1, 3, true, null),
            (profile[1].Count, profile[1].Nulls, profile[1].Distinct, profile[1].DistinctIsExact, profile[1].Mean)
        );
        Assert.Equal([new ValueCount("b", 2), new ValueCount("", 1), new ValueCount("a", 1)], profile[1].Top);
        Assert.Null(profile[1].Quantiles);
        Assert.Equal([new ValueCount("2013-12-31", 5)], profile[2].Top);
        Assert.Equal(1388448000, profile[2].Quantiles![0]);
        Assert.Equal([new ValueCount("t", 5)], profile[3].Top);
    }

    [Fact]
    public void The_profile_does_not_depend_on_which_part_is_done_first()
    {
        string Profile(params int[] order)
        {
            var profiler = new DatasetProfiler(Columns);
            var parts = order.ToDictionary(part => part, profiler.Start);
            foreach (var part in order)
            {
                Fill(parts[part], part);
            }

            foreach (var part in order)
            {
                profiler.Add(parts[part]);
            }

            return Encoding.UTF8.GetString(Json.Bytes(profiler.ToProfile()));
        }

        Assert.Equal(Profile(0, 1, 2), Profile(2, 0, 1));
    }

    [Fact]
    public void A_part_profiled_after_another_starts_from_nothing()
    {
        var profiler = new DatasetProfiler(Columns);
        for (var part = 0; part < 3; part++)
        {
            var one = profiler.Start(part);
            Row(one, part, "same");
            profiler.Add(one);
        }

        Assert.Equal([new ValueCount("same", 3)], profiler.ToProfile()[1].Top);
        Assert.Equal(1, profiler.ToProfile()[0].Mean);
    }

    [Fact]
    public void Counting_stops_after_ten_thousand_values_and_quantiles_go_on()
    {
        var profiler = new DatasetProfiler(Columns);
        for (var part = 0; part < 3; part++)
        {
            var one = profiler.Start(part);
            Fill(one, part);
            profiler.Add(one);
        }

        var (number, text) = (profiler.ToProfile()[0], profiler.ToProfile()[1]);
        Assert.Equal(
            (90_000, 10_000, false, 0),
            (number.Count, number.Distinct, number.DistinctIsExact, number.Top.Count)
        );
        Assert.Equal((10_000, false, 0), (text.Distinct, text.DistinctIsExact, text.Top.Count));
        Assert.Equal((0, 89_999), (number.Quantiles![0], number.Quantiles![^1]));
        // The standard error of the median of 10,000 values is half a hundredth of the range.
        Assert.InRange(number.Quantiles![7], 43_000, 47_000);
        Assert.Equal(44_999.5, number.Mean!.Value, 6);
    }

    [Fact]
    public void Ten_thousand_values_are_still_counted_exactly()
    {
        var profiler = new DatasetProfiler(Columns);
        var part = profiler.Start(0);
        for (var row = 0; row < 10_000; row++)
        {
            Row(part, row, row.ToString(CultureInfo.InvariantCulture));
        }

        profiler.Add(part);
        Assert.All(
            profiler.ToProfile().Take(2),
            column => Assert.Equal((10_000, true), (column.Distinct, column.DistinctIsExact))
        );
    }

    [Fact]
    public void A_long_text_is_no_category()
    {
        var profiler = new DatasetProfiler(Columns);
        var part = profiler.Start(0);
        Row(part, 1, new string('x', 1001));
        profiler.Add(part);
        Assert.False(profiler.ToProfile()[1].DistinctIsExact);
    }

    [Fact]
    public void Of_a_text_that_is_read_word_by_word_there_is_its_length_in_characters_and_nothing_it_says()
    {
        var profiler = new DatasetProfiler(Columns, new HashSet<string> { Columns[1].Name });
        foreach (var number in new[] { 0, 1 })
        {
            var part = profiler.Start(number);
            Row(part, 1, "");
            Row(part, 1, "aé😀");
            Row(part, 1, null);
            profiler.Add(part);
        }

        var text = profiler.ToProfile()[1];

        Assert.Equal((6, 2, 2, true, 0), (text.Count, text.Nulls, text.Distinct, text.DistinctIsExact, text.Top.Count));
        Assert.Equal((0, 3, 1.5), (text.Quantiles![0], text.Quantiles![^1], text.Mean));
    }

    private static void Fill(PartProfiler part, int number)
    {
        for (var row = 0; row < 30_000; row++)
        {
            var value = (number * 30_000) + row;
            Row(part, value, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Row(PartProfiler part, double number, string? text)
    {
        part.Number(0, number);
        if (text is null)
        {
            part.Null(1);
        }
        else
        {
            part.Text(1, Encoding.UTF8.GetBytes(text));
        }

        part.Moment(2, new DateTime(2013, 12, 31));
        part.Number(3, 1);
        part.EndRow();
    }
}
