using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Steps.Extract;

/// <summary>Writes <c>definition/</c> and then <c>run.json</c>, which vouches for it and is never written
/// twice.</summary>
internal static class FrozenRun
{
    public static async Task<RunFile> WriteAsync(RunPlan plan, RunFolder run, Changes changes, CancellationToken cancel)
    {
        if (await run.TryReadRunAsync(cancel) is null)
        {
            foreach (var (name, content) in plan.Files)
            {
                await WriteFileAsync(run, name, content, cancel);
            }

            await run.Store.TryCreateAsync(run.RunFileName, Sealed.Bytes(plan.ToRunFile(run)), cancel);
            changes.Made($"Run '{run.Run}' is frozen: the same command goes on with it.");
        }

        // Of two attempts the loser adopts the winner's; where that is another run, its rows are not these.
        var frozen = await run.ReadRunAsync(cancel);
        StandingRun.Demand(frozen, plan.Definition, plan.HashedFiles);
        return
            frozen.Kind == plan.Kind
            && frozen.AsOf == plan.AsOf
            && frozen.Model == plan.Model
            && frozen.TrialLimit == plan.Limit
            ? frozen
            : throw Fault.BadData(
                $"Run '{run.Run}' was frozen as something else meanwhile, by another process. Start a new run. "
                    + "Nothing was changed."
            );
    }

    private static async Task WriteFileAsync(RunFolder run, string name, byte[] content, CancellationToken cancel)
    {
        var file = run.DefinitionName(name);
        if (
            !await run.Store.TryCreateAsync(file, content, cancel)
            && Hashes.Of(await run.Store.ReadAsync(file, cancel)) != Hashes.Of(content)
        )
        {
            // Left by an attempt that died before it froze the run: nothing vouches for it.
            await run.Store.DeleteAsync(file, cancel);
            await run.Store.TryCreateAsync(file, content, cancel);
        }
    }
}
