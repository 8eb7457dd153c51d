using System.Collections.ObjectModel;
using System.Globalization;
using System.Text.Json.Nodes;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary><c>trainyard run</c>: a train run and a score run on this machine, step by step, as cron does it.</summary>
internal static class RunCommand
{
    private static readonly ReadOnlyDictionary<string, RunKind[]> Kinds = new(
        new Dictionary<string, RunKind[]>(
            RunShape.All.Select(run => KeyValuePair.Create(EnumText.Of(run.Kind), new[] { run.Kind }))
        )
        {
            ["both"] = [RunKind.Train, RunKind.Score],
        }
    );

    private static readonly Setting<RunKind[]> Kind = Setting.Choice("--kind", "Which runs to make.", Kinds, "both");
    private static readonly Setting<bool> Again = Setting.Flag(
        "--again",
        "Make a new run although the newest would be the same."
    );
    private static readonly Setting<int> Trial = Setting.Int(
        "--trial",
        "Read at most so many rows, to try a spec: never promotes or publishes.",
        "20000"
    );
    private static readonly Setting<string> Model = Setting.Text(
        "--model",
        "Score with this model, or with the latest, instead of the champion.",
        "latest"
    );
    private static readonly Setting<string> Promote = Setting.Text(
        "--promote",
        "Promote although the gate says no, for this reason.",
        "\"the gate's block size was wrong\""
    );

    public static Command Create() =>
        new()
        {
            Name = "run",
            Summary = "Makes a train run and a score run, step by step, or takes up where the last one stopped.",
            Arguments = [CliSettings.Pipeline],
            Settings =
            [
                Kind,
                CommonSettings.AsOf,
                CliSettings.Store,
                CliSettings.Warehouse,
                Again,
                Trial,
                Model,
                Promote,
                CommonSettings.TimeLimit,
                CommonSettings.Output,
                CommonSettings.Log,
            ],
            Examples =
            [
                "trainyard run pipelines/flights --as-of 2013-12-30",
                "trainyard run pipelines/flights --kind score",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var folder = invocation.Argument(CliSettings.PipelineArgument)!;
        var pipeline = PipelineFolder.Load(folder);
        var store = invocation.OpenStore();
        var asOf = AsOf.Parse(
            invocation.Get(CommonSettings.AsOf) ?? Text(invocation.Time.GetUtcNow()),
            pipeline.Spec.Clock,
            invocation.Time.GetUtcNow()
        );
        var request = new RunRequest
        {
            Folder = folder,
            Store = invocation.Settings.Require(CliSettings.Store),
            Warehouse = invocation.Settings.Require(CliSettings.Warehouse),
            AsOf = Text(asOf),
            Model = invocation.Get(Model),
            Promote = invocation.Get(Promote),
            TrialLimit = invocation.Settings.TryGet(Trial, out var limit) ? limit : null,
        };

        // Where there are no steps at all, nothing is begun.
        _ = StepProcess.Assembly(StepName.Extract);
        using var held = PipelineLock.Take(store, pipeline.Spec.Name);
        invocation.IsRepeatable = !invocation.Get(Again);
        var code = ExitCode.Done;
        var results = new JsonArray();
        foreach (var kind in invocation.Settings.Require(Kind))
        {
            var runId = await new RunIds(store, pipeline).ForAsync(kind, asOf, request, invocation.Get(Again), cancel);
            var run = new RunFolder(store, pipeline.Spec.Name, runId);
            var steps = new Dictionary<StepName, StepResult>();
            var ended = new EndedRun(kind, run, steps);
            try
            {
                await RunAsync(invocation, kind, runId, request, steps, cancel);
            }
            finally
            {
                if (!ended.IsWhole)
                {
                    foreach (var sentence in ended.Standing)
                    {
                        invocation.Changes.Made(sentence);
                    }
                }

                // Also of a run that is stopped; how it ended stays as it is, whatever comes of this.
                await Recording.TryAsync(invocation, run, request, cancel);
            }

            results.Add(ended.ToJson());
            if (kind == RunKind.Train && request.TrialLimit is not null)
            {
                // A trial promotes nothing, so what comes next would have no model, or another than the one tried.
                request = request with
                {
                    Model = request.Model ?? runId,
                };
            }

            code = ended.Code == ExitCode.Done ? code : ended.Code;
            if (ended.Sentence is not null)
            {
                // The step has said why, in the sentence; a fault ends this program with the same words and code.
                throw Fault.Several(ended.Code, ended.Sentence.Split('\n'));
            }

            invocation.Changes.Made($"Run {runId} is done, and stays.");
            if (!invocation.WantsJson())
            {
                await RunResult.WriteAsync(invocation, ended, request, cancel);
            }
        }

        if (invocation.WantsJson())
        {
            await invocation.Output.WriteLineAsync(results.ToJsonString(Json.Compact));
        }

        return code;
    }

    /// <param name="done">Gets the steps as they end.</param>
    private static async Task RunAsync(
        Invocation invocation,
        RunKind kind,
        string runId,
        RunRequest request,
        Dictionary<StepName, StepResult> done,
        CancellationToken cancel
    )
    {
        var lines = StepCommandLine.Of(kind, runId, request);
        await new RunView(invocation.Error, invocation.IsWatched).ShowAsync(
            $"{runId}",
            [.. lines.Select(line => line.Step)],
            async (step, onRows) =>
            {
                // After a failure nothing more is done; where there is nothing to score, the report still says so.
                if (
                    done.Values.Any(result => result.Sentence is not null)
                    || (step != StepName.Report && done.Values.Any(result => result.Code == ExitCode.NothingToDo))
                )
                {
                    return null;
                }

                return done[step] = await StepProcess.RunAsync(
                    lines.Single(line => line.Step == step),
                    log => Follow(invocation, step, log, onRows),
                    cancel
                );
            }
        );
    }

    /// <summary>Progress moves the view; a step's warnings are worth a line in any case.</summary>
    private static void Follow(Invocation invocation, StepName step, JsonObject log, Action<long> onRows)
    {
        if (log["Rows"] is { } rows)
        {
            onRows(rows.GetValue<long>());
        }

        if ((string?)log["@l"] is "Warning" or "Error")
        {
            invocation.Warn($"{EnumText.Of(step)}: {LogText.Of(log)}");
        }
    }

    private static string Text(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
