using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>A run as the store tells it: what it was, and how far each step came.</summary>
internal sealed record RunStory(RunFolder Run, RunFile? File, IReadOnlyList<StandingManifest> Done)
{
    public bool IsFinished => Done.Any(manifest => manifest.Value.Step == StepName.Report);

    public string State =>
        IsFinished ? "finished"
        : Done.Count == 0 ? "begun"
        : $"after {Done[^1].Value.Step.ToString().ToLowerInvariant()}";

    public string AsOfText =>
        File is null
            ? ""
            : File.Definition.Clock.Local(File.AsOf).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What the step that matters most said.</summary>
    public string LastSentence =>
        (
            Done.LastOrDefault(manifest => manifest.Value.Step is StepName.Train or StepName.Score)
            ?? (Done.Count > 0 ? Done[^1] : null)
        )
            ?.Value
            .Sentence
        ?? "";

    /// <summary>All runs of a pipeline, also those that never got beyond a folder.</summary>
    public static async Task<IReadOnlyList<RunStory>> ListAsync(IStore store, string pipeline, CancellationToken cancel)
    {
        var ids = new SortedSet<string>(StringComparer.Ordinal);
        await foreach (var entry in store.ListAsync($"{pipeline}/runs/", cancel))
        {
            ids.Add(entry.Name.Split('/')[2]);
        }

        var stories = new List<RunStory>();
        foreach (var id in ids)
        {
            stories.Add(await ReadAsync(new RunFolder(store, pipeline, id), cancel));
        }

        return stories;
    }

    public static async Task<RunStory> ReadAsync(RunFolder run, CancellationToken cancel)
    {
        var done = new List<StandingManifest>();
        foreach (var step in Enum.GetValues<StepName>())
        {
            if (await run.TryReadManifestAsync(step, cancel) is { } manifest)
            {
                done.Add(manifest);
            }
        }

        return new RunStory(run, await run.TryReadRunAsync(cancel), done);
    }

    public JsonObject ToJson() =>
        new()
        {
            ["run"] = Run.Run,
            ["state"] = State,
            ["file"] = JsonSerializer.SerializeToNode(File, Json.Options),
            ["steps"] = new JsonArray([
                .. Done.Select(manifest => JsonSerializer.SerializeToNode(manifest.Value, Json.Options)),
            ]),
        };
}
