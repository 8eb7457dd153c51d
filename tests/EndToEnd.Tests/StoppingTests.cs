using System.Diagnostics;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Signals, time limits, locks, and two of the same at once.</summary>
public abstract class StoppingTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task SIGTERM_in_the_middle_of_extract_is_143_within_five_seconds_and_leaves_nothing()
    {
        // A query that would go on for a long time.
        Parcels.Edit(
            "rows.sql",
            "WHERE day_start",
            "WHERE (SELECT sum(sqrt(a.i + b.i)) FROM generate_series(1, 200000) AS a(i), generate_series(1, "
                + "200000) AS b(i)) > 0 AND day_start"
        );
        var (code, words, seconds) = await StopAsync(
            "extract",
            [
                "--pipeline",
                Parcels.Folder,
                "--run-id",
                "r1",
                "--store",
                Workspace.Store,
                "--kind",
                "train",
                "--as-of",
                "2024-05-20",
                "--warehouse",
                Workspace.WarehouseAsReader,
            ],
            during: "Reading"
        );

        Assert.Equal(143, code);
        Assert.True(seconds < 5, $"It took {seconds:0.0} s.");
        Assert.Contains("Stopped by a signal", words, StringComparison.Ordinal);
        Assert.Empty(await Workspace.ListAsync());
        Assert.Empty(await Workspace.UnfinishedAsync());
        var note = Assert.Single(await Workspace.FailuresAsync());
        Assert.Equal(
            (143, "extract", "train"),
            ((int)note["exit_code"]!, (string)note["step"]!, (string)note["kind"]!)
        );
    }

    [Fact]
    public async Task SIGTERM_in_the_middle_of_a_fit_that_tells_of_its_trees_is_143_within_five_seconds()
    {
        Parcels.Edit(
            "pipeline.yaml",
            "max_trees: 60",
            "max_trees: 100000, early_stopping: 100000, learning_rate: 0.001"
        );
        await Parcels.TrainAsync("r1", "2024-05-20", "features");
        var (code, words, seconds) = await StopAsync(
            "train",
            ["--pipeline", "parcels", "--run-id", "r1", "--store", Workspace.Store],
            during: " of at most 100000 trees, log loss 0.",
            ("TRAINYARD_PROGRESS_SECONDS", "0.1")
        );

        Assert.Equal(143, code);
        Assert.True(seconds < 5, $"It took {seconds:0.0} s.");
        Assert.Contains("Stopped by a signal", words, StringComparison.Ordinal);
        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name => name.StartsWith("parcels/models/", StringComparison.Ordinal)
        );
        Assert.Empty(await Workspace.UnfinishedAsync());
    }

    [Fact]
    public async Task A_time_limit_is_75_and_says_so()
    {
        Parcels.Edit(
            "rows.sql",
            "WHERE day_start",
            "WHERE (SELECT sum(sqrt(a.i + b.i)) FROM generate_series(1, 200000) AS a(i), generate_series(1, "
                + "200000) AS b(i)) > 0 AND day_start"
        );

        var ended = (
            await Parcels.StepAsync(
                "extract",
                "r1",
                "--kind",
                "train",
                "--as-of",
                "2024-05-20",
                "--warehouse",
                Workspace.WarehouseAsReader,
                "--time-limit",
                "2s"
            )
        ).With(75);

        Assert.Equal(
            "Stopped after 2 s, the time limit; what was begun has been undone, and the same command takes up "
                + "the run again.",
            ended.LastWords
        );
    }

    [Fact]
    public async Task Two_runs_of_a_pipeline_never_overlap()
    {
        var ended = (
            await Task.WhenAll(Parcels.RunAsync("train", "2024-05-20"), Parcels.RunAsync("train", "2024-05-20"))
        )
            .OrderBy(each => each.ExitCode)
            .ToList();

        ended[0].With(0);
        ended[1].With(75);
        Assert.Contains("Another run of pipeline 'parcels' is going on", ended[1].LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_step_started_twice_at_once_ends_as_from_one()
    {
        await Parcels.TrainAsync("r1", "2024-05-20");

        var ended = await Task.WhenAll(Parcels.StepAsync("features", "r1"), Parcels.StepAsync("features", "r1"));

        Assert.All(ended, each => each.With(0));
        Assert.Equal(
            "Computed 9 columns for 6,000 rows.",
            ended[0].Output.Trim().Replace("Already done: ", "", StringComparison.Ordinal)
        );
        Assert.Equal(
            ended[0].Output.Trim().Replace("Already done: ", "", StringComparison.Ordinal),
            ended[1].Output.Trim().Replace("Already done: ", "", StringComparison.Ordinal)
        );
        (await Parcels.StepAsync("train", "r1")).With(0);
    }

    /// <summary>Starts a program, and stops it a second after it has said what it is at.</summary>
    private async Task<(int Code, string Words, double Seconds)> StopAsync(
        string program,
        IEnumerable<string> arguments,
        string during,
        params (string Name, string? Value)[] more
    )
    {
        var start = new ProcessStartInfo(Programs.Dotnet, [Programs.AssemblyOf(program), .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in Workspace.VariablesWith(more))
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var words = "";
        while (!words.Contains(during, StringComparison.Ordinal))
        {
            var line = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.True(line is not null, $"It had ended already: {words}");
            words += $"{line}\n";
        }

        var rest = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        var watch = Stopwatch.StartNew();
        await Cli.Wrap("kill")
            .WithArguments(["-TERM", process.Id.ToString()])
            .ExecuteAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, words + await rest, watch.Elapsed.TotalSeconds);
    }
}

public sealed class StoppingOnFolderAndDuckDb : StoppingTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class StoppingOnPostgresAndS3 : StoppingTests<PostgresAndS3>;
