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
    private readonly Func<string, string, bool> _publish;
    private readonly Lazy<Task> _links;

    public FolderStore(string folder)
        : this(folder, CreateOnly.TryPublish) { }

    /// <param name="folder">The folder, which is made when something is written.</param>
    /// <param name="publish">Gives a finished file its name; false where the name is taken.</param>
    internal FolderStore(string folder, Func<string, string, bool> publish)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        _publish = publish;
        _links = new(() => Run(Unfinished, _ => DemandLinks()));
        Uri = _root;
    }

    public string Uri { get; }

    public Task<Stream> OpenReadAsync(string name, CancellationToken cancel) =>
        Run<Stream>(
            name,
            path =>
                Exists(path)
                    ? new FileStream(
                        path,
                        FileMode.Open,
                        FileAccess.Read,
                        FileShare.Read | FileShare.Delete,
                        1 << 16,
                        FileOptions.SequentialScan | FileOptions.Asynchronous
                    )
                    : throw Fault.MissingInput($"{path} is not there.")
        );

    public Task<bool> ExistsAsync(string name, CancellationToken cancel) => Run(name, Exists);

    public Task DemandWritableAsync(CancellationToken cancel) => _links.Value;

    public async Task<StoreWriter> OpenWriteAsync(string name, CancellationToken cancel)
    {
        PathOf(name);
        await _links.Value;
        return await Run<StoreWriter>(name, _ => new FileWriter(this, name, NewUnfinished()));
    }

    public async Task<bool> TryCreateAsync(string name, ReadOnlyMemory<byte> content, CancellationToken cancel)
    {
        var path = PathOf(name);
        await _links.Value;
        return await Run(
            name,
            _ =>
            {
                var unfinished = NewUnfinished();
                try
                {
                    using (
                        var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1)
                    )
                    {
                        file.Write(content.Span);
                        file.Flush(flushToDisk: true);
                    }

                    return TryMove(unfinished, path);
                }
                finally
                {
                    File.Delete(unfinished);
                }
            }
        );
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
                FilesIn(folder, SearchOption.AllDirectories)
                    .Where(entry =>
                        entry.Name.StartsWith(prefix, StringComparison.Ordinal)
                        && !entry.Name.StartsWith(Unfinished, StringComparison.Ordinal)
                    )
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                    .ToList()
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
                if (Exists(path))
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
        foreach (var file in await Run(Unfinished, _ => FilesIn(folder, SearchOption.TopDirectoryOnly).ToList()))
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

    /// <summary>Unlike <see cref="File.Exists(string)"/> it does not say no where it may not look.</summary>
    private static bool Exists(string path)
    {
        try
        {
            return (File.GetAttributes(path) & FileAttributes.Directory) == 0;
        }
        catch (Exception none) when (IoFaults.IsAbsence(none, path))
        {
            return false;
        }
    }

    private IEnumerable<StoreEntry> FilesIn(string folder, SearchOption depth)
    {
        foreach (var file in Files(folder, depth))
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

    /// <summary>None where there is no folder; where it may not be read, or a file stands in its place, that is an
    /// error.</summary>
    private static IEnumerable<FileInfo> Files(string folder, SearchOption depth)
    {
        try
        {
            return new DirectoryInfo(folder).EnumerateFiles("*", depth);
        }
        catch (DirectoryNotFoundException none) when (IoFaults.IsAbsence(none, folder))
        {
            return [];
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
        var inside = Path.EndsInDirectorySeparator(_root) ? _root : _root + Path.DirectorySeparatorChar;
        return path == _root || path.StartsWith(inside, StringComparison.Ordinal)
            ? path
            : throw Fault.Usage($"The name '{name}' leads out of the store {_root}.");
    }

    private bool TryMove(string unfinished, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return _publish(unfinished, path);
    }

    /// <summary>Not every file system has hard links. It is found out before the first thing is written, not when the
    /// first is finished.</summary>
    private bool DemandLinks()
    {
        var (file, link) = (NewUnfinished(), NewUnfinished());
        try
        {
            File.WriteAllBytes(file, []);
            return _publish(file, link);
        }
        catch (IOException problem) when (CreateOnly.IsUnable(problem))
        {
            throw Fault.BadConfiguration(
                $"The store {_root} is on a file system that makes no hard links, by which a file gets its name "
                    + "there, once and whole: name a folder on one that does (not FAT, nor every network drive), or "
                    + "a store in S3. Nothing was changed.",
                problem
            );
        }
        finally
        {
            File.Delete(file);
            File.Delete(link);
        }
    }

    private async Task<T> Run<T>(string name, Func<string, T> action)
    {
        try
        {
            return await Task.Run(() => action(PathOf(name)));
        }
        catch (Exception problem) when (IoFaults.Is(problem))
        {
            throw Broken(name, problem);
        }
    }

    private Fault Broken(string name, Exception problem) =>
        IoFaults.Of(problem, $"The store {_root} cannot be used at '{name}'", PathOf(name));

    private sealed class FileWriter(FolderStore store, string name, string unfinished) : StoreWriter
    {
        private readonly FileStream _file = new(
            unfinished,
            FileMode.CreateNew,
            FileAccess.Write,
            FileShare.None,
            1 << 16
        );

        public override void Flush() { }

        protected override void WriteThrough(ReadOnlySpan<byte> buffer)
        {
            try
            {
                _file.Write(buffer);
            }
            catch (Exception problem) when (IoFaults.Is(problem))
            {
                throw store.Broken(name, problem);
            }
        }

        protected override ValueTask WriteThroughAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancel)
        {
            WriteThrough(buffer.Span);
            return ValueTask.CompletedTask;
        }

        protected override async Task PublishAsync(CancellationToken cancel)
        {
            var isOurs = await store.Run(
                name,
                path =>
                {
                    _file.Flush(flushToDisk: true);
                    _file.Dispose();
                    return store.TryMove(unfinished, path);
                }
            );
            if (!isOurs)
            {
                throw new Fault(
                    ExitCode.TemporaryFailure,
                    $"{store.PathOf(name)} was written by somebody else meanwhile; theirs stays."
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
