using System.Diagnostics;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Lines to PostgreSQL and S3 that are cut, closed or slow: a step gets through, or ends in bounded time
/// with one sentence and nothing half done.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class BadLineTests : ParcelsTests<PostgresAndS3>
{
    /// <summary>Within it a step has given up on a service that does not answer.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(2);

    private static readonly string[] Train = ["--kind", "train", "--as-of", "2024-05-20"];

    private ScoreDay Direct => new(Workspace, Parcels);

    [Fact]
    public async Task A_query_cut_in_the_middle_is_69_and_leaves_nothing()
    {
        await using var line = new BadLine(Workspace);
        line.ToPostgres.CutAfter(200_000);

        var ended = (await new ScoreDay(Workspace, Parcels, line).RunAsync("extract", "t1", Train)).With(69);

        Assert.Matches(
            @"rows\.sql: the connection to the warehouse broke: .* Nothing was changed; try again\.$",
            ended.LastWords
        );
        Assert.Empty(await Workspace.ListAsync());
        Assert.Empty(await Workspace.UnfinishedAsync());
        (await Direct.RunAsync("extract", "t1", Train)).With(0);
    }

    [Fact]
    public async Task A_download_and_an_upload_cut_in_the_middle_go_on()
    {
        await using var line = new BadLine(Workspace);
        var bad = new ScoreDay(Workspace, Parcels, line);
        await Parcels.TrainAsync("undisturbed", "2024-05-20", "features");

        line.ToS3.CutAfter(200_000);
        (await bad.RunAsync("extract", "t1", Train)).With(0);
        line.ToS3.CutAfter(200_000);
        (await bad.RunAsync("features", "t1")).With(0);

        foreach (var step in new[] { "extract", "features" })
        {
            Assert.Equal(
                await Parcels.ReadAsync("undisturbed", step, "part-"),
                await Parcels.ReadAsync("t1", step, "part-")
            );
        }
    }

    [Fact]
    public async Task Publishing_cut_at_any_point_publishes_all_or_nothing()
    {
        await Parcels.TrainedAsync("2024-05-20");
        (await Direct.RunAsync("extract", "s1")).With(0);
        (await Direct.RunAsync("features", "s1")).With(0);
        await using var line = new BadLine(Workspace);
        var bad = new ScoreDay(Workspace, Parcels, line);
        var codes = new List<int>();
        for (var bytes = 1_000; codes is not [.., 0]; bytes += 4_000)
        {
            line.ToPostgres.CutAfter(bytes);
            var ended = await bad.RunAsync("score", "s1");
            codes.Add(ended.ExitCode);
            Assert.True(ended.ExitCode is 0 or 69, ended.Error);
            Assert.Contains((await Direct.PredictionsAsync("s1")).Count, ended.ExitCode == 0 ? [60] : new[] { 0, 60 });
        }

        Assert.Contains(69, codes);
        Assert.Equal(60, (await Direct.PredictionsAsync("s1")).Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_service_that_does_not_answer_is_69_in_bounded_time(bool isWarehouse)
    {
        await using var line = new BadLine(Workspace);
        (isWarehouse ? line.ToPostgres : line.ToS3).Refuses = true;
        var watch = Stopwatch.StartNew();

        var ended = (await new ScoreDay(Workspace, Parcels, line).RunAsync("extract", "t1", Train)).With(69);

        Assert.True(watch.Elapsed < Bound, $"It took {watch.Elapsed.TotalSeconds:0} s.");
        Assert.StartsWith(
            isWarehouse ? "The warehouse postgresql://" : $"The store {Workspace.Store}",
            ended.LastWords,
            StringComparison.Ordinal
        );
        Assert.Single(ended.Words.Split('\n'));
        Assert.Empty(await Workspace.ListAsync());
    }

    [Fact]
    public async Task Services_that_come_back_in_time_are_waited_for()
    {
        await using var line = new BadLine(Workspace);
        (line.ToPostgres.Refuses, line.ToS3.Refuses) = (true, true);
        using var running = new ScoreDay(Workspace, Parcels, line).Start("extract", "t1", Train);
        await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);

        (line.ToPostgres.Refuses, line.ToS3.Refuses) = (false, false);

        (await running.EndAsync()).With(0);
    }

    [Fact]
    public async Task A_trickle_is_slow_and_ends_at_the_time_limit()
    {
        await using var line = new BadLine(Workspace);
        var slow = new ScoreDay(Workspace, Parcels, line);
        line.ToPostgres.BytesPerSecond = 20_000;

        var ended = (await slow.RunAsync("extract", "t1", [.. Train, "--time-limit", "6s"])).With(75);

        Assert.StartsWith("Stopped after 6 s, the time limit;", ended.LastWords, StringComparison.Ordinal);
        Assert.Empty(await Workspace.ListAsync());
        line.ToPostgres.BytesPerSecond = 400_000;
        (await slow.RunAsync("extract", "t1", Train)).With(0);
    }
}
