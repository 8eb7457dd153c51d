using System.IO.Compression;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What a released version left of a pipeline (tests/Released), put into a Workspace.</summary>
internal sealed class ReleasedStore(Workspace workspace, string pipeline) : WorkspacePipeline(workspace, pipeline)
{
    private static readonly string Kept = Path.Combine(Programs.Root, "tests", "Released", "1.0");

    /// <summary>The store and the pipeline's folder; and where the warehouse is a DuckDB file, what was
    /// published.</summary>
    public async Task RestoreAsync()
    {
        await using var zip = await ZipFile.OpenReadAsync(Path.Combine(Kept, $"{Name}.zip"));
        foreach (var entry in zip.Entries)
        {
            var content = await ReadAsync(entry);
            if (entry.FullName.StartsWith("store/", StringComparison.Ordinal))
            {
                await Workspace.WriteAsync(entry.FullName["store/".Length..], content);
            }
            else if (entry.FullName.StartsWith("pipelines/", StringComparison.Ordinal) || Workspace is FolderAndDuckDb)
            {
                var file = Path.Combine(Workspace.Folder, entry.FullName);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, content);
            }
        }
    }

    /// <summary>The predictions that the released version made in a run, all of them but when they were made, with the
    /// columns named as now.</summary>
    public IReadOnlyList<string> Predictions(string run) =>
        NamedAsNow(WithoutTime(File.ReadAllLines(Path.Combine(Kept, $"{Name}.{run}.csv"))));

    /// <summary>The predictions of a run in the store, in the same form.</summary>
    public async Task<IReadOnlyList<string>> ScoredAsync(string run)
    {
        var parts = new List<string[]>();
        foreach (var name in await Workspace.ListAsync())
        {
            if (name.StartsWith($"{Name}/runs/{run}/score/part-", StringComparison.Ordinal))
            {
                parts.Add((await Workspace.ReadTextAsync(name)).TrimEnd('\n').Split('\n'));
            }
        }

        return NamedAsNow(WithoutTime([parts[0][0], .. parts.SelectMany(part => part[1..])]));
    }

    /// <summary>What 1.0 called label is predicted now.</summary>
    private static IReadOnlyList<string> NamedAsNow(IReadOnlyList<string> lines) =>
        [lines[0].Replace(",label", ",predicted", StringComparison.Ordinal), .. lines.Skip(1)];

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        await using var stream = await entry.OpenAsync();
        using var content = new MemoryStream();
        await stream.CopyToAsync(content);
        return content.ToArray();
    }

    private static IReadOnlyList<string> WithoutTime(string[] lines)
    {
        var time = lines[0].Split(',').IndexOf("predicted_at");
        return [.. lines.Select(line => string.Join(',', line.Split(',').Where((_, at) => at != time)))];
    }
}
