using System.Diagnostics;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Steps that are killed at any moment and started again: what comes of them is what would have come
/// anyway.</summary>
[Trait("Suite", Suites.Slow)]
public abstract class KillTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private ScoreDay Score => new(Workspace, Parcels);

    [Fact]
    public async Task A_killed_step_started_again_ends_as_if_nothing_had_happened()
    {
        await Parcels.TrainedAsync("2024-05-20");
        var seconds = new Dictionary<string, double>();
        foreach (var step in ScoreDay.Steps)
        {
            var watch = Stopwatch.StartNew();
            (await Score.RunAsync(step, "undisturbed")).With(0);
            seconds[step] = watch.Elapsed.TotalSeconds;
        }

        var expected = await Score.PredictionsAsync("undisturbed");
        Assert.Equal(60, expected.Count);

        // Four kills a round.
        for (var round = 0; round < Rounds.Of(few: 1, many: 50); round++)
        {
            var (random, run) = (new Random(round), $"killed.{round}");
            foreach (var step in ScoreDay.Steps)
            {
                await KillAsync(step, run, TimeSpan.FromSeconds(random.NextDouble() * 1.1 * seconds[step]));
                (await Score.RunAsync(step, run)).With(0);
            }

            Assert.Equal(expected, await Score.PredictionsAsync(run));
            Assert.Equal(
                4,
                (await Workspace.ListAsync()).Count(name =>
                    name.StartsWith($"parcels/runs/{run}/", StringComparison.Ordinal)
                    && name.EndsWith("/manifest.json", StringComparison.Ordinal)
                )
            );
            (await Workspace.RunAsync("trainyard", ["show", "parcels", run, "--store", Workspace.Store])).With(0);
        }

        await CleanUpAsync();
        Assert.Equal(
            60,
            (await Workspace.QueryAsync("SELECT parcel_id FROM trainyard.parcels_predictions_current")).Count
        );
        Assert.Empty(await Workspace.UnfinishedAsync());
    }

    [Fact]
    public async Task A_killed_training_started_again_leaves_one_model_and_one_entry_in_the_log()
    {
        await Parcels.TrainAsync("undisturbed", "2024-05-20", "features");
        var watch = Stopwatch.StartNew();
        (await Parcels.StepAsync("train", "undisturbed")).With(0);
        var seconds = watch.Elapsed.TotalSeconds;
        var rounds = Rounds.Of(few: 1, many: 20);
        for (var round = 0; round < rounds; round++)
        {
            var run = $"killed.{round}";
            await Parcels.TrainAsync(run, "2024-05-20", "features");
            await KillAsync("train", run, TimeSpan.FromSeconds(new Random(round).NextDouble() * 1.1 * seconds));
            (await Parcels.StepAsync("train", run)).With(0);
            (await Parcels.StepAsync("report", run)).With(0);
        }

        var names = await Workspace.ListAsync();
        Assert.Equal(1 + rounds, names.Count(name => name.EndsWith("/card.json", StringComparison.Ordinal)));
        Assert.Equal(
            Enumerable.Range(1, 1 + rounds).Select(number => $"parcels/promotions/{number:000000}.json"),
            names.Where(name => name.StartsWith("parcels/promotions/", StringComparison.Ordinal))
        );
        await CleanUpAsync();
        Assert.Empty(await Workspace.UnfinishedAsync());
    }

    [Fact]
    public async Task A_killed_gc_leaves_nothing_half_and_started_again_ends_as_if_nothing_had_happened()
    {
        await Parcels.TrainedAsync("2024-05-10", "2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-17")).With(0);
        var full = await Workspace.ContentsAsync();
        string[] gc =
        [
            "gc",
            Parcels.Folder,
            "--store",
            Workspace.Store,
            "--retention",
            "0 hours",
            "--stale",
            "0.1s",
            "--warehouse",
            Workspace.Warehouse,
        ];
        var watch = Stopwatch.StartNew();
        (await Workspace.RunAsync("trainyard", gc)).With(0);
        var (seconds, expected) = (watch.Elapsed.TotalSeconds, await Workspace.StateAsync());
        Assert.NotEqual(full.Count, expected.Count);

        for (var round = 0; round < Rounds.Of(few: 1, many: 50); round++)
        {
            foreach (var (name, content) in full)
            {
                await Workspace.WriteAsync(name, content);
            }

            // Most of its time passes before it drops anything.
            await KillAsync(
                RunningProgram.Start("trainyard", gc, Workspace.VariablesWith()),
                TimeSpan.FromSeconds((0.4 + (0.7 * new Random(round).NextDouble())) * seconds)
            );
            foreach (
                var run in (await Workspace.ListAsync()).Where(name =>
                    name.EndsWith("/run.json", StringComparison.Ordinal)
                )
            )
            {
                (
                    await Workspace.RunAsync(
                        "trainyard",
                        ["show", "parcels", run.Split('/')[^2], "--store", Workspace.Store]
                    )
                ).With(0);
            }

            (await Workspace.RunAsync("trainyard", ["runs", "parcels", "--store", Workspace.Store])).With(0);
            (await Workspace.RunAsync("trainyard", gc)).With(0);
            Assert.Equal(expected, await Workspace.StateAsync());
        }

        (await Parcels.RunAsync("score", "2024-05-18")).With(0);
    }

    private Task KillAsync(string step, string run, TimeSpan after) => KillAsync(Score.Start(step, run), after);

    private static async Task KillAsync(RunningProgram program, TimeSpan after)
    {
        using var running = program;
        await Task.Delay(after, TestContext.Current.CancellationToken);
        running.Kill();
        await running.EndAsync();
    }

    /// <summary>What the killed ones have left is what gc is for; whatever is younger may be at work.</summary>
    private async Task CleanUpAsync()
    {
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);
        (
            await Workspace.RunAsync("trainyard", ["gc", Parcels.Folder, "--store", Workspace.Store, "--stale", "1s"])
        ).With(0);
    }
}

public sealed class KillsOnFolderAndDuckDb : KillTests<FolderAndDuckDb>;

public sealed class KillsOnPostgresAndS3 : KillTests<PostgresAndS3>;
