using System.Runtime.CompilerServices;
using Trainyard.Pipelines;

namespace Trainyard.Stores;

/// <summary>
/// A store in a local folder. New objects are written beside their place and linked into it, which the file system does
/// at once and only where the name is free.
/// </summary>
public sealed class FolderStore : IStore
{
    /// <summary>Unfinished objects; nothing that lists or reads objects sees them.</summary>
    private const string Unfinished = ".unfinished";

    private readonly string _root;

    public FolderStore(string folder)
    {
        _root = Path.GetFullPath(folder);
        Uri = _root;
    }

    public string Uri { get; }

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancel) =>
        Run<Stream>(
            name,
            path =>
            {
                if (!File.Exists(path))
                {
                    throw Fault.MissingInput($"{path} is not there.");
                }

                return new FileStream(
                    path,
                    FileMode.Open,
                    FileAccess.Read,
                    FileShare.Read | FileShare.Delete,
                    1 << 16,
                    FileOptions.SequentialScan | FileOptions.Asynchronous
                );
            }
        );

    public Task<bool> ExistsAsync(string name, CancellationToken cancel) => Run(name, File.Exists);

    public Task<StoreWriter> OpenWriteAsync(string name, CancellationToken cancel) =>
        Run<StoreWriter>(name, path => new FileWriter(path, NewUnfinished()));

    public async Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var path = PathOf(name);
        var unfinished = await Run(name, _ => NewUnfinished());
        try
        {
            await using (
                var file = new FileStream(
                    unfinished,
                    FileMode.CreateNew,
                    FileAccess.Write,
                    FileShare.None,
                    1,
                    FileOptions.Asynchronous
                )
            )
            {
                await file.WriteAsync(content, cancel);
                file.Flush(flushToDisk: true);
            }

            return await Run(name, _ => TryMove(unfinished, path));
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public async IAsyncEnumerable<StoreEntry> ListAsync(
        string prefix,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var folder = PathOf(prefix.Contains('/') ? prefix[..prefix.LastIndexOf('/')] : ".");
        var entries = await Run(
            prefix,
            _ =>
                Directory.Exists(folder)
                    ? FilesIn(folder, SearchOption.AllDirectories)
                        .Where(entry =>
                            entry.Name.StartsWith(prefix, StringComparison.Ordinal)
                            && !entry.Name.StartsWith(Unfinished, StringComparison.Ordinal)
                        )
                        .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                        .ToList()
                    : []
        );
        foreach (var entry in entries)
        {
            cancel.ThrowIfCancellationRequested();
            yield return entry;
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancel) =>
        Run(
            name,
            path =>
            {
                if (File.Exists(path))
                {
                    File.Delete(path);
                    for (
                        var folder = Path.GetDirectoryName(path)!;
                        folder.Length > _root.Length && !Directory.EnumerateFileSystemEntries(folder).Any();
                        folder = Path.GetDirectoryName(folder)!
                    )
                    {
                        Directory.Delete(folder);
                    }
                }

                return true;
            }
        );

    public async IAsyncEnumerable<UnfinishedObject> ListUnfinishedAsync(
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        var folder = Path.Combine(_root, Unfinished);
        foreach (
            var file in await Run(
                Unfinished,
                _ => Directory.Exists(folder) ? FilesIn(folder, SearchOption.TopDirectoryOnly).ToList() : []
            )
        )
        {
            cancel.ThrowIfCancellationRequested();
            yield return new UnfinishedObject(file.Name, file.Name, file.Written, file.Bytes);
        }
    }

    public Task DropUnfinishedAsync(UnfinishedObject left, CancellationToken cancel) =>
        Run(
            left.Name,
            path =>
            {
                File.Delete(path);
                return true;
            }
        );

    private IEnumerable<StoreEntry> FilesIn(string folder, SearchOption depth)
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", depth))
        {
            StoreEntry? entry;
            try
            {
                entry = new StoreEntry(
                    Path.GetRelativePath(_root, file.FullName).Replace('\\', '/'),
                    file.Length,
                    file.LastWriteTimeUtc
                );
            }
            catch (FileNotFoundException)
            {
                // Finished, or deleted, since the folder was read.
                continue;
            }

            yield return entry;
        }
    }

    private string NewUnfinished()
    {
        var folder = Path.Combine(_root, Unfinished);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, Guid.NewGuid().ToString("N"));
    }

    private string PathOf(string name)
    {
        var path = Path.GetFullPath(Path.Combine(_root, name));
        return path == _root || path.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw Fault.Usage($"The name '{name}' leads out of the store {_root}.");
    }

    private static bool TryMove(string unfinished, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return CreateOnly.TryPublish(unfinished, path);
    }

    private async Task<T> Run<T>(string name, Func<string, T> action)
    {
        try
        {
            return await Task.Run(() => action(PathOf(name)));
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new Fault(
                ExitCode.NoPermission,
                $"The store {_root} cannot be used at '{name}': {denied.Message}",
                denied
            );
        }
        catch (IOException broken)
        {
            throw new Fault(ExitCode.Unavailable, $"The store {_root} failed at '{name}': {broken.Message}", broken);
        }
    }

    private sealed class FileWriter(string path, string unfinished) : StoreWriter
    {
        private readonly FileStream _file = new(
            unfinished,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            1 << 16
        );

        public override void Flush() => _file.Flush();

        protected override void WriteThrough(ReadOnlySpan<byte> buffer)
        {
            try
            {
                _file.Write(buffer);
            }
            catch (IOException broken)
            {
                throw new Fault(
                    ExitCode.Unavailable,
                    $"Cannot write {path}: {broken.Message} Nothing was published.",
                    broken
                );
            }
        }

        protected override ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel)
        {
            WriteThrough(buffer.Span);
            return ValueTask.CompletedTask;
        }

        protected override async Task PublishAsync(CancellationToken cancel)
        {
            _file.Flush(flushToDisk: true);
            await _file.DisposeAsync();
            if (!TryMove(unfinished, path))
            {
                throw new Fault(
                    ExitCode.TemporaryFailure,
                    $"{path} was written by somebody else meanwhile; theirs stays."
                );
            }
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _file.Dispose();
                File.Delete(unfinished);
            }

            base.Dispose(disposing);
        }
    }
}
