namespace Trainyard.Tests.EndToEnd;

/// <summary>A pipeline in a workspace: its folder, and the programs run on it.</summary>
internal abstract class WorkspacePipeline(Workspace workspace, string name)
{
    public string Folder => Path.Combine(Workspace.Folder, "pipelines", Name);

    protected string Name { get; } = name;

    protected Workspace Workspace { get; } = workspace;

    /// <summary>Runs <c>trainyard run</c> on the pipeline.</summary>
    public Task<Ended> RunAsync(string kind, string asOf, params string[] more) =>
        Workspace.RunAsync(
            "trainyard",
            [
                "run",
                Folder,
                "--kind",
                kind,
                "--as-of",
                asOf,
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
                .. more,
            ]
        );

    /// <summary>Runs a command of <c>trainyard</c> on the store.</summary>
    public Task<Ended> AskAsync(string command, params string[] more) =>
        Workspace.RunAsync("trainyard", [command, Name, .. more, "--store", Workspace.Store]);

    /// <summary>Records a run in the warehouse.</summary>
    public Task<Ended> RecordAsync(string runId) => AskAsync("record", runId, "--warehouse", Workspace.Warehouse);

    /// <summary>Runs one step of a run.</summary>
    public Task<Ended> StepAsync(string step, string runId, params string[] more) =>
        Workspace.RunAsync(
            step,
            ["--pipeline", step == "extract" ? Folder : Name, "--run-id", runId, "--store", Workspace.Store, .. more]
        );

    /// <summary>Runs the step extract, as the role that only reads.</summary>
    public Task<Ended> ExtractAsync(string runId, string kind, string asOf) =>
        StepAsync("extract", runId, "--kind", kind, "--as-of", asOf, "--warehouse", Workspace.WarehouseAsReader);

    /// <summary>Changes text of the spec or the SQL.</summary>
    public void Edit(string file, string from, string to)
    {
        var path = Path.Combine(Folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }
}
