using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>Score runs that had nothing to do: extract found no rows, so that nothing was published.</summary>
internal static class EmptyScores
{
    /// <summary>The as-ofs of such runs.</summary>
    public static async Task<IReadOnlySet<DateTimeOffset>> ReadAsync(
        IStore store,
        string pipeline,
        CancellationToken cancel
    )
    {
        var asOfs = new HashSet<DateTimeOffset>();
        foreach (var story in await new RunStories(store, pipeline).ListAsync(cancel))
        {
            if (
                story is { File: { Kind: RunKind.Score, IsTrial: false } file }
                && story.Done.Any(step => step.Value is { Step: StepName.Extract, ExitCode: ExitCode.NothingToDo })
            )
            {
                asOfs.Add(file.AsOf);
            }
        }

        return asOfs;
    }
}
