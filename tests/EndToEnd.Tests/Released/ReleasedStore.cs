using System.IO.Compression;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What a released version left of a pipeline (tests/Released), put into a workspace.</summary>
internal sealed class ReleasedStore(Workspace workspace, string pipeline)
{
    private static readonly string Kept = Path.Combine(Programs.Root, "tests", "Released", "1.0");

    public string Folder => Path.Combine(workspace.Folder, "pipelines", pipeline);

    /// <summary>The store and the pipeline's folder; and where the warehouse is a DuckDB file, what was
    /// published.</summary>
    public async Task RestoreAsync()
    {
        await using var zip = await ZipFile.OpenReadAsync(Path.Combine(Kept, $"{pipeline}.zip"));
        foreach (var entry in zip.Entries)
        {
            var content = await ReadAsync(entry);
            if (entry.FullName.StartsWith("store/", StringComparison.Ordinal))
            {
                await workspace.WriteAsync(entry.FullName["store/".Length..], content);
            }
            else if (entry.FullName.StartsWith("pipelines/", StringComparison.Ordinal) || workspace is FolderAndDuckDb)
            {
                var file = Path.Combine(workspace.Folder, entry.FullName);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                await File.WriteAllBytesAsync(file, content);
            }
        }
    }

    /// <summary>The predictions that the released version made in a run, all of them but when they were made.</summary>
    public IReadOnlyList<string> Predictions(string run) =>
        WithoutTime(File.ReadAllLines(Path.Combine(Kept, $"{pipeline}.{run}.csv")));

    /// <summary>The predictions of a run in the store, in the same form.</summary>
    public async Task<IReadOnlyList<string>> ScoredAsync(string run)
    {
        var parts = new List<string[]>();
        foreach (var name in await workspace.ListAsync())
        {
            if (name.StartsWith($"{pipeline}/runs/{run}/score/part-", StringComparison.Ordinal))
            {
                parts.Add((await workspace.ReadTextAsync(name)).TrimEnd('\n').Split('\n'));
            }
        }

        return WithoutTime([parts[0][0], .. parts.SelectMany(part => part[1..])]);
    }

    /// <summary>Runs <c>trainyard run</c> on the pipeline.</summary>
    public Task<Ended> RunAsync(string kind, string asOf) =>
        workspace.RunAsync(
            "trainyard",
            [
                "run",
                Folder,
                "--kind",
                kind,
                "--as-of",
                asOf,
                "--store",
                workspace.Store,
                "--warehouse",
                workspace.Warehouse,
            ]
        );

    /// <summary>Runs a command of <c>trainyard</c> on the store.</summary>
    public Task<Ended> AskAsync(string command, params string[] more) =>
        workspace.RunAsync("trainyard", [command, pipeline, "--store", workspace.Store, .. more]);

    /// <summary>Runs one step of a run.</summary>
    public Task<Ended> StepAsync(string step, string run, params string[] more) =>
        workspace.RunAsync(step, ["--pipeline", pipeline, "--run-id", run, "--store", workspace.Store, .. more]);

    /// <summary>Changes text of the spec.</summary>
    public void Edit(string from, string to)
    {
        var path = Path.Combine(Folder, "pipeline.yaml");
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

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
