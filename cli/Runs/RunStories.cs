using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>Reads runs out of the store: only what a listing shows.</summary>
internal sealed class RunStories(IStore store, string pipeline)
{
    /// <summary>All runs of the pipeline, also those that never got beyond a folder. One that cannot be read hides no
    /// other.</summary>
    public async Task<IReadOnlyList<RunStory>> ListAsync(CancellationToken cancel)
    {
        var models = await ModelsAsync(cancel);
        var stories = new List<RunStory>();
        var entries = (await EntriesAsync($"{pipeline}/runs/", cancel)).Where(RunFolder.Holds);
        foreach (var run in entries.GroupBy(IdOf))
        {
            var folder = new RunFolder(store, pipeline, run.Key);
            try
            {
                stories.Add(await ReadAsync(folder, [.. run], models, cancel));
            }
            catch (Fault broken) when (broken.Code is ExitCode.BadData or ExitCode.BadConfiguration)
            {
                stories.Add(
                    new RunStory(folder, null, [], [], models.GetValueOrDefault(run.Key), TouchedOf(run))
                    {
                        Unreadable = broken.Message,
                    }
                );
            }
        }

        return stories;
    }

    /// <summary>A run, whether it is there or not.</summary>
    public async Task<RunStory> ReadAsync(string run, CancellationToken cancel)
    {
        var folder = new RunFolder(store, pipeline, run);
        return await ReadAsync(
            folder,
            await EntriesAsync($"{folder.Root}/", cancel),
            await ModelsAsync(cancel),
            cancel
        );
    }

    /// <summary>A run; 66 where there is none, with the nearest that there is.</summary>
    public async Task<RunStory> RequireAsync(string run, CancellationToken cancel)
    {
        var story = await ReadAsync(run, cancel);
        return story.IsThere
            ? story
            : throw Fault.MissingInput(
                $"There is no run '{run}' of pipeline '{pipeline}' in "
                    + $"{store.Uri}.{Nearest.Hint(run, (await ListAsync(cancel)).Select(other => other.Run.Run))} "
                    + $"'trainyard runs {pipeline}' lists them."
            );
    }

    private static async Task<RunStory> ReadAsync(
        RunFolder run,
        IReadOnlyList<StoreEntry> entries,
        IReadOnlyDictionary<string, ModelStanding> models,
        CancellationToken cancel
    )
    {
        var names = entries.Select(entry => entry.Name).ToHashSet();
        var done = new List<StandingManifest>();
        foreach (var step in Enum.GetValues<StepName>())
        {
            if (
                names.Contains(run.NameOf(step, RunFolder.ManifestFile))
                && await run.TryReadManifestAsync(step, cancel) is { } manifest
            )
            {
                done.Add(manifest);
            }
        }

        var failures = new List<StepFailure>();
        foreach (var name in names.Where(name => RunFolder.IsFailure(name) && !names.Contains(ManifestBeside(name))))
        {
            if (
                await run.TryReadFailureAsync(name, cancel) is { } failure
                && !names.Contains(run.NameOf(failure.Step, failure.Manifest))
            )
            {
                failures.Add(failure);
            }
        }

        return new RunStory(
            run,
            names.Contains(run.RunFileName) ? await run.TryReadRunAsync(cancel) : null,
            done,
            [.. failures.OrderBy(failure => failure.At)],
            models.GetValueOrDefault(run.Run),
            TouchedOf(entries)
        );
    }

    private async Task<IReadOnlyDictionary<string, ModelStanding>> ModelsAsync(CancellationToken cancel) =>
        ModelStanding.Of(await new PromotionLog(store, pipeline).ReadAsync(cancel));

    private async Task<IReadOnlyList<StoreEntry>> EntriesAsync(string prefix, CancellationToken cancel)
    {
        var entries = new List<StoreEntry>();
        await foreach (var entry in store.ListAsync(prefix, cancel))
        {
            entries.Add(entry);
        }

        return entries;
    }

    private static string IdOf(StoreEntry entry) => entry.Name.Split('/')[2];

    private static string ManifestBeside(string name) => name[..(name.LastIndexOf('/') + 1)] + RunFolder.ManifestFile;

    private static DateTimeOffset TouchedOf(IEnumerable<StoreEntry> entries) =>
        entries.Select(entry => entry.Written).DefaultIfEmpty().Max();
}
