using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Options that are searched, by a step that is stopped and killed on its way.</summary>
public abstract class TuneTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task Trials_that_ended_stand_and_the_same_command_goes_on_after_them()
    {
        Meters.Write(spec: spec =>
            spec.Replace(
                Meters.Options,
                "options: {max_trees: 1500, early_stopping: 1500, seeds: 1}, tune: {trials: 5, time: 1 hour}",
                StringComparison.Ordinal
            )
        );
        var printed = (await Workspace.RunAsync("trainyard", ["spec", Meters.Folder])).With(0).Output;
        Assert.Contains("tune: {trials: 5, time: 1 hour}", printed, StringComparison.Ordinal);
        Assert.EndsWith("\n# row_share: [0.4, 1]\n", printed, StringComparison.Ordinal);
        (await Meters.ExtractAsync("r1", "train", Meters.AsOf)).With(0);
        (await Meters.StepAsync("features", "r1")).With(0);

        using (var stopped = Start())
        {
            await stopped.SaysAsync("Trial 2 of 5 ");
            var (ended, _) = await stopped.TerminateAsync();
            Assert.Matches(
                "Stopped by a signal. [1-4] trials? of options (is|are) kept. The same command takes up the run again."
                    + "$",
                ended.With(143).LastWords
            );
        }

        using (var killed = Start())
        {
            await killed.SaysAsync("Trial 3 of 5 ");
            killed.Kill();
            await killed.EndAsync();
        }

        var kept = await TrialsAsync();
        Assert.InRange(kept.Count, 2, 4);
        var trained = (await Meters.StepAsync("train", "r1")).With(0);
        var trials = (await Workspace.ReadJsonAsync("meters/models/r1/card.json"))["trials"]!.AsArray();
        Assert.Equal(5, trials.Count);
        var best = Assert.Single(trials, trial => (bool)trial!["chosen"]!)!;
        Assert.Equal(trials.Max(trial => LeadOver(trials[0]!, trial!)), LeadOver(trials[0]!, best));
        Assert.StartsWith(
            $"Trained r1 with the options of trial {best["number"]} of 5, and promoted it.",
            trained.Output,
            StringComparison.Ordinal
        );
        Assert.Equal(kept.Count, FoundBy(trained));
        Assert.Equal(5, (await TrialsAsync()).Count);

        // A try on the run that has the same searched finds all of them.
        var tried = await TryAsync();
        Assert.Contains(
            $"\nOptions of trial {best["number"]} of 5: leaves {best["options"]!["leaves"]}, ",
            tried.With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(5, FoundBy(tried));

        // Another trainer has other options, or as here none.
        (await TryAsync("--set", "model.trainer=linear")).With(0);
        Assert.Equal(
            "--set model.tune.search.leavs=[2, 9]: there is no key 'leavs' here. Did you mean 'leaves'?",
            (await TryAsync("--set", "model.tune.search.leavs=[2, 9]")).With(78).LastWords
        );

        (await Meters.StepAsync("report", "r1")).With(0);
        Assert.Contains(
            "Which options?",
            await Workspace.ReadTextAsync(await Workspace.FindAsync("meters/runs/r1/report/report-")),
            StringComparison.Ordinal
        );
    }

    private static int FoundBy(Ended ended) =>
        ended.Error.Split('\n').Count(line => line.Contains(", which has ended before", StringComparison.Ordinal));

    /// <summary>By how much it is surely better than the first, in a metric of which less is better.</summary>
    private static double LeadOver(JsonNode first, JsonNode trial) =>
        trial == first ? 0 : ValueOf(first) - ValueOf(trial) - (Math.Sqrt(2 * Math.Log(5)) * (double)trial["error"]!);

    private static double ValueOf(JsonNode trial) => (double)trial["result"]!["value"]!;

    private Task<Ended> TryAsync(params string[] more) =>
        Workspace.RunAsync("trainyard", ["try", Meters.Folder, "--on", "r1", "--store", Workspace.Store, .. more]);

    private RunningProgram Start() =>
        RunningProgram.Start(
            "train",
            ["--pipeline", "meters", "--run-id", "r1", "--store", Workspace.Store],
            Workspace.VariablesWith()
        );

    private async Task<IReadOnlyList<string>> TrialsAsync() =>
        [.. (await Workspace.ListAsync()).Where(name => name.Contains("/trials/", StringComparison.Ordinal))];
}

public sealed class TuneOnFolderAndDuckDb : TuneTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class TuneOnPostgresAndS3 : TuneTests<PostgresAndS3>;
