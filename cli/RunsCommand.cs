using System.Text.Json.Nodes;
using Spectre.Console;
using Trainyard.Hosting;
using Trainyard.Pipelines;

namespace Trainyard.Cli;

/// <summary><c>trainyard runs</c>: what has been run, newest as-of first.</summary>
internal static class RunsCommand
{
    private static readonly Setting<int> Most = Setting.Int("--most", "List at most so many runs.", "50", 20);

    public static Command Create() =>
        new()
        {
            Name = "runs",
            Summary = "Lists the runs of a pipeline, the newest as-of first.",
            Arguments = [CliSettings.Pipeline],
            Settings = [CliSettings.Store, Most, CommonSettings.Output, CommonSettings.Log],
            Examples = ["trainyard runs flights"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (store, pipeline) = (invocation.OpenStore(), invocation.PipelineName());
        var stories = await RunStory.ListAsync(store, pipeline, cancel);
        var shown = stories
            .OrderByDescending(story => story.File?.AsOf)
            .ThenByDescending(story => story.Run.Run, StringComparer.Ordinal)
            .Take(invocation.Get(Most))
            .ToList();
        if (invocation.WantsJson())
        {
            await invocation.Output.WriteLineAsync(
                new JsonArray([.. shown.Select(story => story.ToJson())]).ToJsonString(Json.Compact)
            );
            return ExitCode.Done;
        }

        if (shown.Count == 0)
        {
            await invocation.Output.WriteLineAsync($"Pipeline '{pipeline}' has no runs in {store.Uri}.");
            return ExitCode.Done;
        }

        var table = new Table().Border(TableBorder.None).AddColumns("run", "as of", "state", "what came of it");
        foreach (var story in shown)
        {
            table.AddRow(
                new Text(story.Run.Run),
                new Text(story.AsOfText),
                new Text(story.State),
                new Text(story.LastSentence)
            );
        }

        Tables.Write(invocation, table);
        return ExitCode.Done;
    }
}
