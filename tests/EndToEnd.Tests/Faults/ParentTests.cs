using System.Diagnostics;

namespace Trainyard.Tests.EndToEnd;

/// <summary><c>trainyard run</c> that is ended by a signal, or killed: its step ends with it, and cleans up.</summary>
public sealed class ParentTests : ParcelsTests<FolderAndDuckDb>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_step_ends_with_its_parent_that_is_killed()
    {
        using var run = StartEndless();
        var step = await StepOfAsync(run);

        run.Kill();
        Assert.True(await EndsAsync(step) < Patience);
        Assert.Empty(await Workspace.ListAsync());
        Assert.Empty(await Workspace.UnfinishedAsync());
    }

    /// <summary>A promotions log that is a pipe, from which nothing ever comes.</summary>
    [Fact]
    public async Task A_verification_ends_with_its_parent_that_is_killed()
    {
        Directory.CreateDirectory(Path.Combine(Workspace.Store, "parcels", "promotions"));
        (
            await Programs.ShellAsync(
                "exec mkfifo \"$3\"",
                "score",
                [Path.Combine(Workspace.Store, "parcels", "promotions", "000001.json")]
            )
        ).With(0);
        using var verify = RunningProgram.Start(
            "trainyard",
            ["verify", "parcels", "--store", Workspace.Store],
            Workspace.VariablesWith()
        );
        var step = await ChildOfAsync(verify, "score", _ => true);

        verify.Kill();
        Assert.True(await EndsAsync(step) < Patience);
    }

    [Theory]
    [InlineData("HUP")]
    [InlineData("QUIT")]
    public async Task A_run_that_is_told_to_end_takes_its_step_with_it(string signal)
    {
        using var run = StartEndless();
        var step = await StepOfAsync(run);

        var (ended, took) = await run.TerminateAsync(signal);

        ended.With(143);
        Assert.True(took < Patience, $"It took {took.TotalSeconds:0.0} s.");
        Assert.Equal(
            "Stopped by a signal; what was begun has been undone, and the same command takes up the run again.",
            ended.LastWords
        );
        Assert.False(IsAlive(step));
        Assert.Empty(await Workspace.ListAsync());
    }

    /// <summary>Until a query that goes on for a long time.</summary>
    private RunningProgram StartEndless()
    {
        Parcels.Edit(
            "rows.sql",
            "WHERE day_start",
            "WHERE (SELECT sum(sqrt(a.i + b.i)) FROM generate_series(1, 200000) AS a(i), generate_series(1, "
                + "200000) AS b(i)) > 0 AND day_start"
        );
        return RunningProgram.Start(
            "trainyard",
            [
                "run",
                Parcels.Folder,
                "--kind",
                "train",
                "--as-of",
                "2024-05-20",
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
            ],
            Workspace.VariablesWith()
        );
    }

    /// <summary>The step's process, once it has the warehouse open.</summary>
    private Task<int> StepOfAsync(RunningProgram run) =>
        ChildOfAsync(run, "extract", folder => HasOpen(folder, Workspace.WarehouseFile));

    private async Task<int> ChildOfAsync(RunningProgram run, string program, Predicate<string> isReady)
    {
        while (!run.HasEnded)
        {
            foreach (var folder in Directory.EnumerateDirectories("/proc"))
            {
                if (
                    int.TryParse(Path.GetFileName(folder), out var id)
                    && id != run.Id
                    && CommandLineOf(id).Contains($"{program}.dll\0", StringComparison.Ordinal)
                    && CommandLineOf(id).Contains(Workspace.Store, StringComparison.Ordinal)
                    && isReady(folder)
                )
                {
                    await Task.Delay(500, TestContext.Current.CancellationToken);
                    return id;
                }
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new InvalidOperationException($"It has ended already: {await run.EndAsync()}");
    }

    /// <summary>How long a process goes on from now.</summary>
    private static async Task<TimeSpan> EndsAsync(int id)
    {
        var watch = Stopwatch.StartNew();
        while (IsAlive(id) && watch.Elapsed < 2 * Patience)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return watch.Elapsed;
    }

    private static bool HasOpen(string folder, string file)
    {
        try
        {
            return Directory
                .EnumerateFiles(Path.Combine(folder, "fd"))
                .Any(open => new FileInfo(open).LinkTarget == file);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string CommandLineOf(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/cmdline");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>One that nobody has waited for yet has no command line any more.</summary>
    private static bool IsAlive(int id) => CommandLineOf(id).Length > 0;
}
