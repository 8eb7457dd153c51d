using Trainyard.Stores;

namespace Trainyard.Tests.Stores;

public sealed class FolderStoreTests : StoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return base.DisposeAsync();
    }

    private protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(new FolderStore(_folder));
}
