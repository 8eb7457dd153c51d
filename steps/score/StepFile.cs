using Trainyard.Hosting;
using Trainyard.Stores;

namespace Trainyard.Steps.Score;

/// <summary>Writes a file of the step as JSON, under a name that no other attempt can have.</summary>
internal static class StepFile
{
    public static async Task<StoredFile> WriteAsync<T>(
        StepContext context,
        string stem,
        T content,
        CancellationToken cancel
    )
        where T : IDocument
    {
        var name = context.NewName(stem, "json");
        await using var writer = await context.Run.Store.OpenWriteAsync(context.NameOf(name), cancel);
        await writer.WriteAsync(Documents.Bytes(content), cancel);
        var stored = await writer.CompleteAsync(cancel);
        context.Progress.AddBytesOut(stored.Bytes);
        return new StoredFile(name, stored.Bytes, stored.Sha256);
    }
}
