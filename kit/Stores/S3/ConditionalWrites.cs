namespace Trainyard.Stores.S3;

/// <summary>
/// Finds out whether the store keeps the condition of a create-only PUT, on which every manifest and the promotions
/// log rest.
/// It is asked to create the marker <c>.create-only</c>. Once that is there, "taken" is the proof, and costs a
/// process one
/// small request; where the marker could be created, a second attempt has to be refused.
/// </summary>
internal sealed class ConditionalWrites(S3Store store)
{
    private const string Marker = ".create-only";

    private readonly Lock _one = new();
    private Task? _proof;

    public Task DemandAsync(CancellationToken cancel)
    {
        lock (_one)
        {
            return _proof is null or { IsFaulted: true } or { IsCanceled: true } ? _proof = ProveAsync(cancel) : _proof;
        }
    }

    private async Task ProveAsync(CancellationToken cancel)
    {
        var text =
            "Trainyard found by this object that the store keeps 'If-None-Match: *'. It may be deleted.\n"u8.ToArray();
        if (await store.TryPutAsync(Marker, text, cancel) && await store.TryPutAsync(Marker, text, cancel))
        {
            await store.DeleteAsync(Marker, cancel);
            throw store.Faults.NoConditions();
        }
    }
}
