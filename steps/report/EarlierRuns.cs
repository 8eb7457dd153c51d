using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Steps.Report;

/// <summary>How the inputs of earlier score runs had moved, as far as the store still has them.</summary>
internal static class EarlierRuns
{
    private const int Most = 27;

    /// <summary>More are read, since some are of later as-ofs, trials, of a model that does not serve, or the same
    /// as-of once more.</summary>
    private const int MostRead = 2 * Most;
    private const int AtOnce = 8;

    /// <returns>The newest of each as-of before the run's, the oldest first; those that cannot be read are left
    /// out.</returns>
    public static async Task<IReadOnlyList<MovedRun>> ReadAsync(RunFolder folder, RunFile run, CancellationToken cancel)
    {
        var newest = new PriorityQueue<string, DateTimeOffset>();
        await foreach (var entry in folder.Store.ListAsync($"{folder.Pipeline}/runs/", cancel))
        {
            if (
                entry.Name.Split('/') is [_, _, var id, var step, RunFolder.ManifestFile]
                && step == EnumText.Of(StepName.Score)
                && id != run.Run
            )
            {
                newest.Enqueue(id, entry.Written);
                if (newest.Count > MostRead)
                {
                    newest.Dequeue();
                }
            }
        }

        var read = new MovedRun?[newest.Count];
        string[] ids = [.. newest.UnorderedItems.Select(item => item.Element)];
        await Parallel.ForAsync(
            0,
            ids.Length,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancel },
            async (i, stop) => read[i] = await TryReadAsync(new RunFolder(folder.Store, folder.Pipeline, ids[i]), stop)
        );
        return
        [
            .. read.OfType<MovedRun>()
                .Where(other => other.AsOf < run.AsOf)
                .GroupBy(other => other.AsOf)
                .Select(same => same.MaxBy(other => other.MadeAt)!)
                .OrderBy(other => other.AsOf)
                .TakeLast(Most),
        ];
    }

    private static async Task<MovedRun?> TryReadAsync(RunFolder run, CancellationToken cancel)
    {
        try
        {
            var manifest = await run.ReadManifestAsync(StepName.Score, cancel);
            if (manifest.Value.Files.Of(ScoreSummary.Stem) is not { } file)
            {
                return null;
            }

            var bytes = await RunFolder.ReadVerifiedAsync(run.Store, run.FolderOf(StepName.Score), file, cancel);
            var summary = Documents.Read<ScoreSummary>(bytes, run.Store.UriOf(run.NameOf(StepName.Score, file.File)));
            var asked = await run.ReadRunAsync(cancel);
            return summary is { Table: not null, Moves: not null } && asked.Model is not { Override: true }
                ? new MovedRun(run.Run, manifest.Value.AsOf, summary.PredictedAt, summary.Inputs, summary.Moves)
                : null;
        }
        catch (Fault unread) when (!unread.IsTransient)
        {
            // gc removes runs, and a later version may have written one: a picture of the others is still true.
            return null;
        }
    }
}

/// <summary>How the inputs of a run had moved.</summary>
public sealed record MovedRun(
    string Run,
    DateTimeOffset AsOf,
    DateTimeOffset MadeAt,
    IReadOnlyList<MovedInput> Inputs,
    MovesTold Moves
);
