using Trainyard.Registry;
using Trainyard.Stores;

namespace Trainyard.Models.Packaging;

/// <summary>Writes the files of a package; the card that vouches for them comes last, and is written
/// elsewhere.</summary>
/// <param name="newName">Makes a name that no other attempt can have, from a stem and an extension.</param>
public sealed class PackageWriter(Package package, Func<string, string, string> newName)
{
    private readonly List<StoredFile> _files = [];

    public IReadOnlyList<StoredFile> Files => _files;

    public async Task WriteAsync(string stem, string extension, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var name = newName(stem, extension);
        await using var writer = await package.Store.OpenWriteAsync($"{package.Root}/{name}", cancel);
        await writer.WriteAsync(content, cancel);
        var stored = await writer.CompleteAsync(cancel);
        _files.Add(new StoredFile(name, stored.Bytes, stored.Sha256));
    }

    /// <summary>Copies a file of the run's definition. Every attempt writes the same bytes under the same name, so
    /// whoever is first is right.</summary>
    public async Task CopyDefinitionAsync(RunFolder run, StoredFile file, CancellationToken cancel)
    {
        var content = await RunFolder.ReadVerifiedAsync(run.Store, run.DefinitionFolder, file, cancel);
        var name = $"definition/{file.File}";
        await package.Store.TryCreateAsync($"{package.Root}/{name}", content, cancel);
        _files.Add(file with { File = name });
    }
}
