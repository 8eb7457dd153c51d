using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Trainyard.Stores;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A warehouse and a store of a test's own, and a folder for its pipelines. All are gone when the test
/// ends.</summary>
public abstract class Workspace : IAsyncDisposable
{
    /// <summary>A folder for pipelines and whatever else a test writes.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("trainyard-test-").FullName;

    /// <summary>As <c>--warehouse</c> takes it, for score and for <c>trainyard run</c>.</summary>
    public abstract string Warehouse { get; }

    /// <summary>The same for extract, which only reads.</summary>
    public virtual string WarehouseAsReader => Warehouse;

    /// <summary>The same for who makes the tables.</summary>
    public virtual string WarehouseAsOwner => Warehouse;

    /// <summary>As <c>--store</c> takes it.</summary>
    public abstract string Store { get; }

    /// <summary>What the programs find in their environment: addresses and credentials.</summary>
    public abstract IReadOnlyDictionary<string, string> Variables { get; }

    /// <summary>Makes warehouse and store, both empty; skips the test where the servers cannot be had.</summary>
    public abstract Task OpenAsync();

    /// <summary>Runs SQL in the warehouse.</summary>
    public abstract Task ExecuteAsync(string sql);

    /// <summary>The rows of a query in UTC, each as its values joined by a bar: null is empty, booleans are t and
    /// f.</summary>
    public abstract Task<IReadOnlyList<string>> QueryAsync(string sql);

    /// <summary>Makes a table of these columns (name and type) and fills it with lines of CSV; an empty field is
    /// null, "" an empty text.</summary>
    public abstract Task LoadAsync(string table, string columns, IEnumerable<string> lines);

    /// <summary>The names of all objects in the store, in ordinal order.</summary>
    public abstract Task<IReadOnlyList<string>> ListAllAsync();

    /// <summary>Those that some step or person goes by: all but the notes of failures.</summary>
    public async Task<IReadOnlyList<string>> ListAsync() =>
        [.. (await ListAllAsync()).Where(name => !RunFolder.IsFailure(name))];

    /// <summary>The notes of failures.</summary>
    public async Task<IReadOnlyList<JsonNode>> FailuresAsync()
    {
        var notes = new List<JsonNode>();
        foreach (var name in (await ListAllAsync()).Where(RunFolder.IsFailure))
        {
            notes.Add(await ReadJsonAsync(name));
        }

        return notes;
    }

    public abstract Task<byte[]> ReadAsync(string name);

    /// <summary>Writes an object of the store behind Trainyard's back.</summary>
    public abstract Task WriteAsync(string name, byte[] content);

    public abstract Task DeleteAsync(string name);

    /// <summary>What writers have begun in the store and not ended.</summary>
    public abstract Task<IReadOnlyList<string>> UnfinishedAsync();

    /// <summary>The store as the programs open it.</summary>
    public IStore OpenStore() => Trainyard.Stores.Store.Open(Store, Variables);

    public abstract ValueTask DisposeAsync();

    /// <summary>Runs a program that reaches warehouse and store.</summary>
    internal Task<Ended> RunAsync(
        string program,
        IEnumerable<string> arguments,
        params IEnumerable<(string Name, string? Value)> more
    ) => Programs.RunAsync(program, arguments, VariablesWith(more));

    /// <summary>The variables, and a program's own; null takes one away.</summary>
    public Dictionary<string, string?> VariablesWith(params IEnumerable<(string Name, string? Value)> own)
    {
        var all = Variables.ToDictionary(each => each.Key, string? (each) => each.Value);
        foreach (var (name, value) in own)
        {
            all[name] = value;
        }

        return all;
    }

    /// <summary>Writes a file of the folder.</summary>
    public string WriteFile(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public async Task<string> ReadTextAsync(string name) => Encoding.UTF8.GetString(await ReadAsync(name));

    public async Task<JsonNode> ReadJsonAsync(string name) => JsonNode.Parse(await ReadTextAsync(name))!;

    public Task WriteTextAsync(string name, string text) => WriteAsync(name, Encoding.UTF8.GetBytes(text));

    /// <summary>The one object whose name begins so.</summary>
    public async Task<string> FindAsync(string beginning) =>
        Assert.Single(await ListAsync(), name => name.StartsWith(beginning, StringComparison.Ordinal));

    /// <summary>The name of the object that a program printed the address of.</summary>
    public string NameOf(string address)
    {
        Assert.StartsWith($"{Store}/", address, StringComparison.Ordinal);
        return address[(Store.Length + 1)..];
    }

    /// <summary>Every object of the store.</summary>
    public async Task<IReadOnlyList<(string Name, byte[] Content)>> ContentsAsync()
    {
        var contents = new List<(string, byte[])>();
        foreach (var name in await ListAsync())
        {
            contents.Add((name, await ReadAsync(name)));
        }

        return contents;
    }

    /// <summary>Every object of the store with its content's hash: equal before and after means that nothing was
    /// changed.</summary>
    public async Task<IReadOnlyList<string>> StateAsync() =>
        [
            .. (await ContentsAsync()).Select(each =>
                $"{each.Name} {Convert.ToHexString(SHA256.HashData(each.Content))}"
            ),
        ];
}
