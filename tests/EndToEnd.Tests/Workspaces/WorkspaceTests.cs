namespace Trainyard.Tests.EndToEnd;

/// <summary>
/// Tests of what holds whichever warehouse and store are used. A sealed class for each pair stands at the end of the
/// file:
/// <c>public sealed class ChainOnFolderAndDuckDb : ChainTests&lt;FolderAndDuckDb&gt;;</c>
/// </summary>
public abstract class WorkspaceTests<TWorkspace> : IAsyncLifetime
    where TWorkspace : Workspace, new()
{
    /// <summary>The test's own; open before it begins.</summary>
    protected TWorkspace Workspace { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Workspace.OpenAsync();
        await PrepareAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Workspace.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What each test of the class starts from.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}

/// <summary>The same, with the parcels pipeline in it.</summary>
public abstract class ParcelsTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    protected ParcelsTests() => Parcels = new Parcels(Workspace);

    internal Parcels Parcels { get; }

    protected override Task PrepareAsync() => Parcels.MakeAsync();
}
