using System.Text.Json.Nodes;
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
            Summary =
                "Lists the runs of a pipeline, the newest as-of first: how far each came, what it has failed of, and "
                + "what was decided of its model.",
            Arguments = [CliSettings.Pipeline],
            Settings = [CliSettings.Store, Most, CommonSettings.Output, CommonSettings.Log],
            Examples = ["trainyard runs flights"],
            RunAsync = RunAsync,
        };

    private static async Task<ExitCode> RunAsync(Invocation invocation, CancellationToken cancel)
    {
        var (store, pipeline) = (invocation.OpenStore(), invocation.PipelineName());
        var shown = (await new RunStories(store, pipeline).ListAsync(cancel))
            .OrderByDescending(story => story.AsOf ?? story.Touched)
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

        await Tables.WriteAsync(
            invocation,
            ["run", "as of", "state", "model", "what came of it"],
            [
                .. shown.Select(story =>
                    (IReadOnlyList<string>)
                        [story.Run.Run, story.AsOfText, story.State, story.Model?.Word ?? "", story.LastSentence]
                ),
            ]
        );
        return ExitCode.Done;
    }
}
