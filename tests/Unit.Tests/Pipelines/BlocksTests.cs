using Trainyard.Pipelines;
using Trainyard.Registry;

namespace Trainyard.Tests.Pipelines;

public sealed class BlocksTests
{
    private static readonly Clock Daily = new() { Zone = "America/New_York" };

    [Fact]
    public void Blocks_are_what_score_runs_would_read_and_whole()
    {
        // Two days and a half, over the night in which clocks go forward.
        var window = new Window(At("2024-03-08T17:00:00Z"), At("2024-03-11T16:00:00Z"));

        var blocks = ClockBlocks.Of(Daily, window, At("2024-03-08T18:00:00Z"));

        Assert.Equal([At("2024-03-10T05:00:00Z"), At("2024-03-11T04:00:00Z")], blocks.AsOfs);
        Assert.Equal(
            [-1, -1, 0, 0, 1, 1, -1],
            new[]
            {
                "2024-03-08T18:00:00Z",
                "2024-03-09T05:00:00Z",
                "2024-03-09T05:00:01Z",
                "2024-03-10T05:00:00Z",
                "2024-03-10T05:00:01Z",
                "2024-03-11T04:00:00Z",
                "2024-03-11T04:00:01Z",
            }.Select(cutoff => blocks.PlaceOf(At(cutoff)))
        );
    }

    [Fact]
    public void Blocks_begin_with_the_first_row()
    {
        var window = new Window(At("2020-01-01T05:00:00Z"), At("2024-03-11T04:00:00Z"));

        Assert.Single(ClockBlocks.Of(Daily, window, At("2024-03-11T04:00:00Z")).AsOfs);
        Assert.Equal(2, ClockBlocks.Of(Daily, window, At("2024-03-10T05:00:00Z")).AsOfs.Count);
    }

    [Theory]
    [InlineData(Every.Hour, "2024-03-11T13:00:00Z", "8 hours with an as-of on a Monday at 09:00")]
    [InlineData(Every.Day, "2024-03-11T04:00:00Z", "8 days with an as-of on a Monday")]
    [InlineData(Every.Week, "2024-03-11T04:00:00Z", "8 weeks")]
    [InlineData(Every.Month, "2024-03-01T05:00:00Z", "8 months")]
    public void Seasons_have_words(Every every, string asOf, string words)
    {
        var seasons = new Seasons(Daily with { Every = every });

        Assert.Equal(words, seasons.Words(seasons.Of(At(asOf)), 8));
    }

    [Fact]
    public void A_block_that_was_not_whole_is_no_reference()
    {
        var rows = SeasonRows.Of(1, [100, 100, 100, 100, 100, 100, 100, 20, 30]);

        Assert.Equal(new SeasonRows(1, 8, 100, 39.8), rows with { Low = Math.Round(rows.Low, 6) });
        Assert.Equal(
            [RowsVerdict.HeldBack, RowsVerdict.Few, RowsVerdict.Few, RowsVerdict.Usual],
            new[] { 35L, 36, 64, 65 }.Select(count => rows.Judge(count, 0.65))
        );
        Assert.Equal(RowsVerdict.Usual, rows.Judge(0, 0));
    }

    [Fact]
    public void Seven_blocks_are_too_few_and_where_none_has_rows_none_are_missed()
    {
        Assert.Equal(RowsVerdict.NotJudged, SeasonRows.Of(0, [9, 9, 9, 9, 9, 9, 9]).Judge(0, 0.65));
        Assert.Equal(RowsVerdict.Usual, SeasonRows.Of(0, new long[20]).Judge(0, 0.65));
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, null);
}
