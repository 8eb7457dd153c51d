namespace Trainyard.Tests.EndToEnd;

/// <summary>Tests of the step extract, on a pipeline in the folder shops.</summary>
public abstract class ShopsTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    internal Task<Ended> ExtractAsync(string kind, string run, string asOf, params string[] more) =>
        Workspace.RunAsync(
            "extract",
            [
                "--pipeline",
                $"{Workspace.Folder}/shops",
                "--run-id",
                run,
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.WarehouseAsReader,
                "--kind",
                kind,
                "--as-of",
                asOf,
                .. more,
            ]
        );
}
