using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Tests.Stores;

public sealed class FolderStoreTests : StoreContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What link(2) says on FAT (1), across file systems (18), and on some network drives (38, 95).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(18)]
    [InlineData(38)]
    [InlineData(95)]
    public async Task A_file_system_without_hard_links_is_78_before_anything_is_written(int error)
    {
        var store = new FolderStore(_folder, (_, path) => throw new IOException($"No : '{path}'", error));

        var opened = await Assert.ThrowsAsync<Fault>(() => store.OpenWriteAsync("p/part.csv", Cancel));
        var created = await Assert.ThrowsAsync<Fault>(() => store.TryCreateAsync("p/run.json", new byte[1], Cancel));

        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                $"The store {_folder} is on a file system that makes no hard links, by which a file gets its name "
                    + "there, once and whole: name a folder on one that does (not FAT, nor every network drive), or a "
                    + "store in S3. Nothing was changed."
            ),
            (opened.Code, opened.Message)
        );
        Assert.Equal(opened.Message, created.Message);
        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_file_in_place_of_the_store_is_78_and_named()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Cancel);

        var fault = await Assert.ThrowsAsync<Fault>(() =>
            new FolderStore(file).TryCreateAsync("p/run.json", new byte[1], Cancel)
        );

        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Equal(
            $"The store {file} cannot be used at '.unfinished': a file stands where a folder is needed: name another "
                + "place. "
                + "Nothing was changed.",
            fault.Message
        );
    }

    [Fact]
    public async Task A_slash_at_the_end_of_the_folder_means_the_same_folder()
    {
        var (store, same) = (new FolderStore(_folder), new FolderStore(_folder + Path.DirectorySeparatorChar));

        Assert.True(await same.TryCreateAsync("p/run.json", new byte[1], Cancel));

        Assert.Equal((store.Uri, store.UriOf("p")), (same.Uri, same.UriOf("p")));
        Assert.True(await store.ExistsAsync("p/run.json", Cancel));
        Assert.False(await new FolderStore("/").ExistsAsync("p/run.json", Cancel));
    }

    /// <summary>Nobody has looked at what is in it, so nobody says that there is nothing.</summary>
    [Fact]
    public async Task A_file_in_place_of_the_store_is_not_an_empty_store()
    {
        var file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "", Cancel);
        var (store, below) = (new FolderStore(file), new FolderStore(Path.Combine(file, "below")));

        foreach (var each in new[] { store, below })
        {
            var exists = await Assert.ThrowsAsync<Fault>(() => each.ExistsAsync("p/run.json", Cancel));
            var listed = await Assert.ThrowsAsync<Fault>(async () =>
                await each.ListAsync("p/", Cancel).AnyAsync(Cancel)
            );
            Assert.Equal((ExitCode.BadConfiguration, ExitCode.BadConfiguration), (exists.Code, listed.Code));
            Assert.Contains("a file stands where a folder is needed", listed.Message, StringComparison.Ordinal);
        }

        Assert.False(await new FolderStore(Path.Combine(_folder, "none")).ListAsync("p/", Cancel).AnyAsync(Cancel));
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return base.DisposeAsync();
    }

    private protected override Task<IStore> OpenAsync() => Task.FromResult<IStore>(new FolderStore(_folder));
}
