using System.Globalization;
using Trainyard.Hosting;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary><c>trainyard show</c>: one run, with what each step did and what it cost.</summary>
internal static class ShowCommand
{
    private static readonly Setting<string> Warehouse = CommonSettings.WarehouseBut(
        "The database to show a score run's first predictions from; without it they are not shown.",
        null
    );

    private static readonly Setting<string> Report = Setting.Text(
        "--report",
        "Save the run's report in this file, for a browser: also out of a store that a browser cannot reach.",
        "report.html"
    );

    private static readonly Setting<string> Key = Setting.Text(
        "--key",
        "Of a score run: show what it answers for the row with this key, and why where it tells reasons. A key of "
            + "several columns is written with commas between.",
        "1234"
    );

    public static Command Create() =>
        new()
        {
            Name = "show",
            Summary =
                "Shows one run: what each step did, what it cost, its first predictions, and where its files are.",
            Arguments = [CliSettings.Pipeline, new("run", "The run's id.")],
            Settings = [CliSettings.Store, Warehouse, Report, Key, CommonSettings.Output, CommonSettings.Log],
            Examples =
            [
                "trainyard show flights train.20131230T050000Z.1",
                "trainyard show flights train.20131230T050000Z.1 --report report.html",
                "trainyard show flights score.20131230T050000Z.1 --key 1234",
            ],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (store, pipeline) = (invocation.OpenStore(), invocation.PipelineName());
        var story = await new RunStories(store, pipeline).RequireAsync(invocation.Argument("run")!, cancel);

        if (invocation.Get(Report) is { } path)
        {
            await SaveReportAsync(story, path, cancel);
            invocation.Changes.Made($"The report is in {path}.");
        }

        if (invocation.Get(Key) is { } key)
        {
            await KeyedRows.WriteAsync(invocation, story, key, cancel);
            return ExitCode.Done;
        }

        if (invocation.WantsJson())
        {
            await invocation.Output.WriteLineAsync(story.ToJson().ToJsonString(Json.Options));
            return ExitCode.Done;
        }

        await invocation.Output.WriteLineAsync(Head(story));
        if (story.Done.Count > 0)
        {
            await Tables.WriteAsync(
                invocation,
                ["step", "rows", "seconds", "CPU s", "peak MB", "what it did"],
                [.. story.Done.Select(standing => RowOf(standing.Value))]
            );
        }

        foreach (var failure in story.Failures)
        {
            await invocation.Output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{EnumText.Of(failure.Step)} failed at {failure.At:yyyy-MM-dd HH:mm:ss}Z with code "
                ) + $"{(int)failure.ExitCode}: {failure.Sentence}"
            );
        }

        await invocation.Output.WriteLineAsync($"Files: {store.UriOf(story.Run.Root)}");
        if (
            invocation.Get(Warehouse) is { } warehouse
            && story is { File: { IsTrial: false } file }
            && story.Done.Any(standing => standing.Value is { Step: StepName.Score, ExitCode: ExitCode.Done })
        )
        {
            await FirstPredictions.WriteAsync(invocation, file, warehouse, cancel);
        }

        return ExitCode.Done;
    }

    private static IReadOnlyList<string> RowOf(Manifest manifest) =>
        [
            EnumText.Of(manifest.Step),
            manifest.Dataset?.Rows.ToString("N0", CultureInfo.InvariantCulture) ?? "",
            manifest.Cost.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
            manifest.Cost.CpuSeconds.ToString("0.0", CultureInfo.InvariantCulture),
            (manifest.Cost.PeakMemoryBytes / 1e6).ToString("0", CultureInfo.InvariantCulture),
            manifest.Sentence,
        ];

    /// <summary>Not before all of it is read and checked.</summary>
    private static async Task SaveReportAsync(RunStory story, string path, CancellationToken cancel)
    {
        var run = story.Run;
        var report = story.Done.FirstOrDefault(standing => standing.Value.Step == StepName.Report)?.Value;
        if (report?.Files.Of(Manifest.ReportStem) is not { } file)
        {
            throw Fault.MissingInput(
                $"Run '{run.Run}' of pipeline '{run.Pipeline}' has no report: run its report step first. "
                    + "Nothing was written."
            );
        }

        var content = await RunFolder.ReadVerifiedAsync(run.Store, run.FolderOf(StepName.Report), file, cancel);

        try
        {
            await File.WriteAllBytesAsync(path, content, cancel);
        }
        catch (DirectoryNotFoundException)
        {
            throw Fault.Usage(
                $"--report: the folder of '{path}' is not there: make it, or name another file. Nothing was written."
            );
        }
        catch (Exception problem) when (IoFaults.Is(problem))
        {
            throw IoFaults.Of(problem, $"--report: '{path}' cannot be written", path);
        }
    }

    private static string Head(RunStory story) =>
        story.File is { } file
            ? string.Join(
                '\n',
                new[]
                {
                    $"{file.Run}: a {EnumText.Of(file.Kind)} run of {file.Pipeline} as of "
                        + $"{story.AsOfText} {file.Definition.Clock.Zone}, {story.State}.",
                    file.IsTrial
                        ? $"A trial of at most {Counted.Of(file.TrialLimit!.Value, "row")}: "
                            + "it promotes and publishes nothing."
                        : null,
                    file.Model is { } model
                        ? $"Model: {model.Version}{(model.Override ? ", named by --model" : "")}"
                        : null,
                    $"Definition: {file.DefinitionHash}",
                    story.ModelSentence,
                }.Where(line => line is not null)
            )
        : story.Failure is not { } failure ? $"{story.Run.Run}: begun, and not frozen yet; run its extract step again."
        : $"{story.Run.Run}: a {(failure.Kind is { } kind ? $"{EnumText.Of(kind)} " : "")}run of "
            + story.Run.Pipeline
            + (story.AsOf is null ? "" : $" as of {story.AsOfText}")
            + $", not frozen yet: {story.State}.";
}
