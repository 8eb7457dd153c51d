namespace Trainyard.Tests.EndToEnd;

/// <summary>SIGTERM at any moment of any step: it ends within five seconds, what it had begun is gone, and the same
/// command takes up the run.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class SignalTests : ParcelsTests<PostgresAndS3>
{
    /// <summary>As <c>docker stop</c> and Airflow wait before they kill.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] Train = ["--kind", "train", "--as-of", "2024-05-20"];

    [Theory]
    [InlineData("extract", 100_000)]
    [InlineData("features", 100_000)]
    [InlineData("train", 100_000)]
    [InlineData("score", 20_000)]
    [InlineData("report", 15_000)]
    public async Task In_the_middle_of_a_step_it_is_143_and_everything_begun_is_undone(string step, long bytes)
    {
        await using var line = new BadLine(Workspace);
        var (direct, slow) = (new ScoreDay(Workspace, Parcels), new ScoreDay(Workspace, Parcels, line));
        var run = step is "score" or "report" ? "s1" : "t1";
        await PrepareAsync(step, run, direct);
        line.ToS3.BytesPerSecond = 200_000;

        using var running = slow.Start(step, run, step == "extract" ? Train : []);
        while (line.ToS3.Carried < bytes && !running.HasEnded)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        var (ended, took) = await running.TerminateAsync();

        ended.With(143);
        Assert.True(took < Patience, $"It took {took.TotalSeconds:0.0} s.");
        Assert.Equal(
            "Stopped by a signal; what was begun has been undone, and the same command takes up the run again.",
            ended.LastWords
        );
        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name => name.EndsWith($"/{run}/{step}/manifest.json", StringComparison.Ordinal)
        );
        Assert.Empty(await Workspace.UnfinishedAsync());
        Assert.Empty(step == "report" ? [] : await direct.PredictionsAsync(run));
        (await direct.RunAsync(step, run, step == "extract" ? Train : [])).With(0);
    }

    private async Task PrepareAsync(string step, string run, ScoreDay direct)
    {
        if (run == "s1")
        {
            await Parcels.TrainedAsync("2024-05-20");
        }

        foreach (
            var before in new[] { "extract", "features", run == "s1" ? "score" : "train", "report" }.TakeWhile(before =>
                before != step
            )
        )
        {
            (await direct.RunAsync(before, run, before == "extract" && run == "t1" ? Train : [])).With(0);
        }
    }
}
