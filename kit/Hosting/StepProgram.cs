using System.Diagnostics;
using System.Text.Json;
using Serilog;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Hosting;

/// <summary>
/// Runs a step: settings, log, the run's place, the work, and at the end the manifest. A step whose manifest stands is
/// done: it says so and returns the code that stands in it.
/// </summary>
public static class StepProgram
{
    public static Task<int> RunAsync(string[] args, Step step)
    {
        var name = EnumText.Of(step.Name);
        return ConsoleProgram.RunAsync(
            args,
            new Command
            {
                Name = name,
                Summary = step.Summary,
                Settings =
                [
                    CommonSettings.Pipeline,
                    CommonSettings.RunId,
                    CommonSettings.Store,
                    CommonSettings.AsOf,
                    .. step.Settings,
                    CommonSettings.TimeLimit,
                    CommonSettings.Output,
                    CommonSettings.Log,
                ],
                Examples = [ExampleOf(name, step)],
                Commands = step.Commands,
                RunAsync = (invocation, cancel) => RunAsync(step, invocation, cancel),
            }
        );
    }

    private static string ExampleOf(string name, Step step) =>
        string.Join(
            ' ',
            new Setting[] { CommonSettings.Pipeline, CommonSettings.RunId, CommonSettings.Store }
                .Concat(step.Settings.Where(setting => setting.IsRequired))
                .Select(setting => $"{setting.Name} {setting.Example}")
                .Prepend(name)
                .Concat(step.Name == StepName.Extract ? [$"--as-of {CommonSettings.AsOf.Example}"] : [])
        );

    private static async Task<ExitCode> RunAsync(Step step, Invocation invocation, CancellationToken cancel)
    {
        var run = new RunFolder(
            Store.Open(invocation.Settings.Require(CommonSettings.Store)),
            PipelineNames.Of(invocation.Settings.Require(CommonSettings.Pipeline)),
            invocation.Settings.Require(CommonSettings.RunId)
        );
        var log = invocation
            .Log.ForContext("Pipeline", run.Pipeline)
            .ForContext("Run", run.Run)
            .ForContext("Step", EnumText.Of(step.Name));
        SayWhatRuns(log);
        await using var progress = new Progress(log, Progress.Interval(invocation.Environment));
        var context = new StepContext(
            invocation,
            run,
            step.Name,
            progress,
            ThisProgram.Describe(invocation.Environment),
            log
        );

        invocation.OnFailure = new FailureNote(step, context).WriteAsync;
        if (step.Name != StepName.Extract)
        {
            Freeze(context, await run.ReadRunAsync(cancel));
            DemandStep(step.Name, context.File);
        }

        // Where the whole step is done, so is every shard of it.
        var manifestFile = step.ManifestOf(context);
        if (
            (
                await run.TryReadManifestAsync(step.Name, cancel)
                ?? (
                    manifestFile == RunFolder.ManifestFile
                        ? null
                        : await run.TryReadManifestAsync(step.Name, manifestFile, cancel)
                )
            ) is
            { } standing
        )
        {
            if (step.CheckAsync is not null)
            {
                await step.CheckAsync(context, standing, cancel);
            }

            await SayAsync(invocation, standing.Value, alreadyDone: true);
            return EndOf(standing.Value);
        }

        var watch = Stopwatch.StartNew();
        var outcome = await step.RunAsync(context, cancel);
        cancel.ThrowIfCancellationRequested();
        var manifest = await run.WriteManifestAsync(
            ToManifest(step, context, outcome, watch.Elapsed),
            manifestFile,
            cancel
        );
        context.Changes.Made($"The step {EnumText.Of(step.Name)} is done: {manifest.Uri} stands.");
        await SayAsync(invocation, manifest.Value, alreadyDone: false);
        return EndOf(manifest.Value);
    }

    /// <summary>A step can be done and have found what somebody must hear of: then it ends as a failure does, whenever
    /// it is asked.</summary>
    private static ExitCode EndOf(Manifest manifest) =>
        manifest.ExitCode is ExitCode.Done or ExitCode.NothingToDo
            ? manifest.ExitCode
            : throw new Fault(manifest.ExitCode, manifest.Sentence);

    /// <summary>The first line of the log: which build it is, and what the machine or the container lets it
    /// have.</summary>
    private static void SayWhatRuns(ILogger log) =>
        log.Information(
            "Trainyard {Version:l}, {Threads} threads, {MemoryBytes} bytes of memory for objects",
            ThisProgram.Version,
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes
        );

    private static void DemandStep(StepName step, RunFile file)
    {
        var shape = RunShape.Of(file.Kind);
        if (!shape.Steps.Contains(step))
        {
            throw Fault.Usage(
                $"Run '{file.Run}' is a {EnumText.Of(file.Kind)} run: its next step is {EnumText.Of(shape.Purpose)}. "
                    + "Nothing was changed."
            );
        }
    }

    /// <summary>An as-of given to a later step must be the run's: whoever gives one means that one.</summary>
    private static void Freeze(StepContext context, RunFile file)
    {
        context.Freeze(file);
        if (
            context.AsOf is { } text
            && AsOf.Parse(text, file.Definition.Clock, context.Time.GetUtcNow()) is var asOf
            && asOf != file.AsOf
        )
        {
            throw Fault.BadData(
                $"Run '{file.Run}' is as of {file.AsOf:yyyy-MM-ddTHH:mm:ssZ}, not {asOf:yyyy-MM-ddTHH:mm:ssZ}: "
                    + "start a new run. Nothing was changed."
            );
        }
    }

    private static Manifest ToManifest(Step step, StepContext context, StepOutcome outcome, TimeSpan elapsed)
    {
        using var process = Process.GetCurrentProcess();
        return new Manifest
        {
            Pipeline = context.Run.Pipeline,
            Run = context.Run.Run,
            Step = step.Name,
            AsOf = context.File.AsOf,
            ExitCode = outcome.Code,
            Sentence = outcome.Sentence,
            Producer = context.Producer,
            Inputs = outcome.Inputs,
            Dataset = outcome.Dataset,
            Files = outcome.Files,
            Profile = outcome.Profile,
            Details = outcome.Details,
            Cost = new Cost
            {
                Seconds = Math.Round(elapsed.TotalSeconds, 3),
                CpuSeconds = Math.Round(process.TotalProcessorTime.TotalSeconds, 3),
                PeakMemoryBytes = process.PeakWorkingSet64,
                BytesIn = context.Progress.BytesIn,
                BytesOut = context.Progress.BytesOut,
            },
        };
    }

    private static async Task SayAsync(Invocation invocation, Manifest manifest, bool alreadyDone)
    {
        if (invocation.Get(CommonSettings.Output) == OutputForm.Json)
        {
            var json = JsonSerializer.SerializeToNode(manifest, Json.Compact)!.AsObject();
            json["already_done"] = alreadyDone;
            await invocation.Output.WriteLineAsync(json.ToJsonString(Json.Compact));
            return;
        }

        await invocation.Output.WriteLineAsync(alreadyDone ? $"Already done: {manifest.Sentence}" : manifest.Sentence);
    }
}
