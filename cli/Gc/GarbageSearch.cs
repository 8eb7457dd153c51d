using System.Runtime.CompilerServices;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>
/// Finds what can go: runs in which nothing was written since the retention began, the packages that nobody needs any
/// more, and what
/// dead writers have left. Never a model that is or was champion within the retention or has predictions that are
/// kept, nor
/// where such a model comes from; and never what may still be at work.
/// </summary>
/// <param name="before">The beginning of the retention.</param>
/// <param name="stale">What is unfinished and was touched after this may still be at work.</param>
internal sealed class GarbageSearch(IStore store, string pipeline, DateTimeOffset before, DateTimeOffset stale)
{
    public async Task<Garbage> RunAsync(string? warehouse, CancellationToken cancel)
    {
        var kept = KeptModels
            .ByPromotions(await new PromotionLog(store, pipeline).ReadAsync(cancel), before)
            .Concat(await KeptModels.ByPredictionsAsync(store, pipeline, warehouse, cancel))
            .ToHashSet();
        var oldRuns = new List<IReadOnlyList<StoreEntry>>();
        await foreach (var run in FoldersAsync($"{pipeline}/runs/", cancel))
        {
            if (!run.All(RunFolder.Holds))
            {
                continue;
            }

            if (IsOld(run))
            {
                oldRuns.Add(run);
                continue;
            }

            kept.Add(IdOf(run));
            if (await new RunFolder(store, pipeline, IdOf(run)).TryReadRunAsync(cancel) is { Model: { } model })
            {
                kept.Add(model.Version);
            }
        }

        var oldModels = new List<OldFolder>();
        await foreach (var model in FoldersAsync($"{pipeline}/models/", cancel))
        {
            if (!kept.Contains(IdOf(model)) && model.All(entry => entry.Written < before && entry.Written < stale))
            {
                oldModels.Add(
                    new OldFolder(
                        RootOf(model),
                        [.. model.OrderBy(entry => NameOf(entry) != Package.CardFile)],
                        IsPartsOnly: false
                    )
                );
            }
            else
            {
                kept.Add(IdOf(model));
            }
        }

        return new Garbage(
            before,
            [.. oldRuns.Select(run => ToDrop(run, kept)).Where(run => run.Objects.Count > 0)],
            oldModels,
            await UnfinishedAsync(cancel)
        );
    }

    /// <summary>Whether nothing was written in a run since the retention began. One without a report may still be
    /// going on, if somebody touched it lately.</summary>
    public bool IsOld(IReadOnlyList<StoreEntry> run) =>
        run.Max(entry => entry.Written) is var last
        && last < before
        && (last < stale || run.Any(entry => entry.Name.EndsWith("/report/manifest.json", StringComparison.Ordinal)));

    private static OldFolder ToDrop(IReadOnlyList<StoreEntry> run, HashSet<string> keptModels) =>
        keptModels.Contains(IdOf(run))
            ? new OldFolder(
                RootOf(run),
                [.. run.Where(entry => NameOf(entry).StartsWith("part-", StringComparison.Ordinal))],
                IsPartsOnly: true
            )
            : new OldFolder(RootOf(run), [.. run.OrderBy(Rank)], IsPartsOnly: false);

    /// <summary>The last step's manifest goes first, so that at no moment a step counts whose inputs are
    /// gone.</summary>
    private static int Rank(StoreEntry entry) =>
        entry.Name.Split('/') switch
        {
            [_, _, _, var step, var file]
                when IsManifest(file) && Enum.TryParse<StepName>(step, ignoreCase: true, out var name) => -(int)name,
            [_, _, _, "run.json"] => 1,
            _ => 2,
        };

    private static bool IsManifest(string file) =>
        file == "manifest.json"
        || (file.StartsWith("shard-", StringComparison.Ordinal) && file.EndsWith(".json", StringComparison.Ordinal));

    private async Task<IReadOnlyList<UnfinishedObject>> UnfinishedAsync(CancellationToken cancel)
    {
        var left = new List<UnfinishedObject>();
        await foreach (var unfinished in store.ListUnfinishedAsync(cancel))
        {
            if (unfinished.Begun < stale)
            {
                left.Add(unfinished);
            }
        }

        return left;
    }

    /// <summary>The objects under a prefix, a folder at a time.</summary>
    private async IAsyncEnumerable<IReadOnlyList<StoreEntry>> FoldersAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var folder = new List<StoreEntry>();
        await foreach (var entry in store.ListAsync(prefix, cancel))
        {
            if (folder.Count > 0 && RootOf([entry]) != RootOf(folder))
            {
                yield return folder;
                folder = [];
            }

            folder.Add(entry);
        }

        if (folder.Count > 0)
        {
            yield return folder;
        }
    }

    private static string RootOf(IReadOnlyList<StoreEntry> folder) =>
        string.Join('/', folder[0].Name.Split('/').Take(3));

    private static string IdOf(IReadOnlyList<StoreEntry> folder) => folder[0].Name.Split('/')[2];

    private static string NameOf(StoreEntry entry) => entry.Name[(entry.Name.LastIndexOf('/') + 1)..];
}
