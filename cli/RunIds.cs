using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Cli;

/// <summary>
/// Finds the id of the run to make: the newest of this kind and as-of is taken up (or shown, when it is finished) as
/// long as it would learn or score the same; otherwise the next number begins a new one.
/// </summary>
internal sealed class RunIds(IStore store, PipelineFolder folder)
{
    private readonly string _pipeline = folder.Spec.Name;

    public async Task<string> ForAsync(
        RunKind kind,
        DateTimeOffset asOf,
        RunRequest request,
        bool again,
        CancellationToken cancel
    )
    {
        var stem = string.Create(
            CultureInfo.InvariantCulture,
            $"{EnumText.Of(kind)}.{asOf.UtcDateTime:yyyyMMdd'T'HHmmss'Z'}."
        );
        var newest = 0;
        await foreach (var entry in store.ListAsync($"{_pipeline}/runs/{stem}", cancel))
        {
            if (
                int.TryParse(
                    entry.Name.Split('/')[2][stem.Length..],
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
            {
                newest = Math.Max(newest, number);
            }
        }

        if (newest == 0)
        {
            return stem + "1";
        }

        var same =
            !again
            && await IsSameAsync(stem + newest.ToString(CultureInfo.InvariantCulture), kind, asOf, request, cancel);
        return stem + (same ? newest : newest + 1).ToString(CultureInfo.InvariantCulture);
    }

    private async Task<bool> IsSameAsync(
        string runId,
        RunKind kind,
        DateTimeOffset asOf,
        RunRequest request,
        CancellationToken cancel
    )
    {
        if (await new RunFolder(store, _pipeline, runId).TryReadRunAsync(cancel) is not { } run)
        {
            return true;
        }

        if (run.TrialLimit != request.TrialLimit)
        {
            return false;
        }

        return RunShape.Of(kind).NeedsModel
            ? run.Model?.Version == await ModelAsync(asOf, request.Model, cancel)
            : run.IsOf(folder.Spec.ToDefinition(), folder.HashedFiles());
    }

    private async Task<string?> ModelAsync(DateTimeOffset asOf, string? named, CancellationToken cancel) =>
        named is not null and not "latest" ? named
        : named == "latest"
            ? await Package.ListNewestFirstAsync(store, _pipeline, cancel) is [var newest, ..] ? newest
                : null
        : PromotionLog.ChampionFor(await new PromotionLog(store, _pipeline).ReadAsync(cancel), asOf)?.Model;
}
