using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>
/// Bytes under names. A name is relative, with forward slashes. An object is there whole or not at all, and
/// is never changed: it is written once, read, and perhaps deleted.
/// </summary>
public interface IStore
{
    /// <summary>Where it is, as the user gave it: a folder, or <c>s3://bucket/prefix</c>. Never with a secret in
    /// it.</summary>
    string Uri { get; }

    /// <summary>Opens an object for reading; 66 where it is not there.</summary>
    Task<Stream> OpenReadAsync(string name, CancellationToken cancel);

    /// <summary>Whether the object is there.</summary>
    Task<bool> ExistsAsync(string name, CancellationToken cancel);

    /// <summary>Finds out whether objects can be written, and each name given only once. Writing
    /// asks for it too; whoever works for long before that asks first.</summary>
    Task DemandWritableAsync(CancellationToken cancel);

    /// <summary>Starts an object, which comes into being when the writer is completed and leaves nothing behind when
    /// it is not.</summary>
    Task<StoreWriter> OpenWriteAsync(string name, CancellationToken cancel);

    /// <summary>Creates a small object unless there is one of that name.</summary>
    /// <returns>False where somebody else's is there already; it is left as it is.</returns>
    Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel);

    /// <summary>The names and sizes of the objects whose names begin with a prefix, in ordinal order.</summary>
    IAsyncEnumerable<StoreEntry> ListAsync(string prefix, CancellationToken cancel);

    /// <summary>Deletes an object; nothing happens where there is none.</summary>
    Task DeleteAsync(string name, CancellationToken cancel);

    /// <summary>What writers have begun: those at work, and those that died. Readers never see it, but it takes
    /// room.</summary>
    IAsyncEnumerable<UnfinishedObject> ListUnfinishedAsync(CancellationToken cancel);

    /// <summary>Drops what a dead writer has left behind.</summary>
    Task DropUnfinishedAsync(UnfinishedObject left, CancellationToken cancel);
}

/// <summary>An object in a listing.</summary>
public sealed record StoreEntry(string Name, long Bytes, DateTimeOffset Written);

/// <summary>An object that was begun and is not there yet. <paramref name="Id"/> tells it from others of the
/// name.</summary>
public sealed record UnfinishedObject(string Name, string Id, DateTimeOffset Begun, long Bytes);

public static class StoreExtensions
{
    /// <summary>Reads a small object whole; 66 where it is not there.</summary>
    public static async Task<byte[]> ReadAsync(this IStore store, string name, CancellationToken cancel)
    {
        await using var stream = await store.OpenReadAsync(name, cancel);
        return await stream.ReadWholeAsync(cancel);
    }

    /// <summary>What is left of a stream.</summary>
    internal static async Task<byte[]> ReadWholeAsync(this Stream stream, CancellationToken cancel)
    {
        using var buffer = new MemoryStream();
        await stream.CopyToAsync(buffer, cancel);
        return buffer.ToArray();
    }

    /// <summary>Reads a small object whole, or null where it is not there.</summary>
    public static async Task<byte[]?> TryReadAsync(this IStore store, string name, CancellationToken cancel)
    {
        try
        {
            return await store.ReadAsync(name, cancel);
        }
        catch (Fault fault) when (fault.Code == ExitCode.MissingInput)
        {
            return null;
        }
    }

    /// <summary>The URI of an object, for people and manifests.</summary>
    public static string UriOf(this IStore store, string name) => $"{store.Uri.TrimEnd('/')}/{name}";
}
