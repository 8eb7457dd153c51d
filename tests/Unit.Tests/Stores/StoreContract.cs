using System.Security.Cryptography;
using System.Text;
using Trainyard.Pipelines;
using Trainyard.Stores;

namespace Trainyard.Tests.Stores;

/// <summary>What every store promises, whatever it is made of.</summary>
public abstract class StoreContract : IAsyncLifetime
{
    private protected IStore Store { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract Task<IStore> OpenAsync();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    [InlineData(8 << 20)]
    [InlineData((8 << 20) + 1)]
    [InlineData(50_000_000)]
    public async Task What_was_written_is_read_with_its_size_and_hash(int bytes)
    {
        var content = RandomNumberGenerator.GetBytes(bytes);

        var stored = await WriteAsync("p/runs/r/part-1.csv", content);

        Assert.Equal(new StoredBytes(bytes, Convert.ToHexStringLower(SHA256.HashData(content))), stored);
        Assert.Equal(content, await Store.ReadAsync("p/runs/r/part-1.csv", Cancel));
        Assert.Equal(content, await ReadSynchronouslyAsync("p/runs/r/part-1.csv"));
        Assert.True(await Store.ExistsAsync("p/runs/r/part-1.csv", Cancel));
        Assert.Empty(await UnfinishedAsync());
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000_000)]
    public async Task An_object_that_is_not_completed_leaves_nothing_behind(int bytes)
    {
        await using (var writer = await Store.OpenWriteAsync("p/half", Cancel))
        {
            await writer.WriteAsync(new byte[bytes], Cancel);
            Assert.False(await Store.ExistsAsync("p/half", Cancel));
        }

        Assert.False(await Store.ExistsAsync("p/half", Cancel));
        Assert.Empty(await UnfinishedAsync());
        Assert.Empty(await ListAsync(""));
    }

    [Theory]
    [InlineData(10)]
    [InlineData(20_000_000)]
    public async Task A_second_writer_of_a_name_does_not_replace_the_first(int bytes)
    {
        await WriteAsync("p/name", "mine"u8.ToArray());

        var fault = await Assert.ThrowsAsync<Fault>(() => WriteAsync("p/name", new byte[bytes]));

        Assert.Equal(
            (
                ExitCode.TemporaryFailure,
                $"{Store.UriOf("p/name")} was written by somebody else meanwhile; theirs stays."
            ),
            (fault.Code, fault.Message)
        );
        Assert.Equal("mine"u8.ToArray(), await Store.ReadAsync("p/name", Cancel));
        Assert.Empty(await UnfinishedAsync());
    }

    [Fact]
    public async Task A_cancelled_writer_stops_and_leaves_nothing()
    {
        using var stop = new CancellationTokenSource();
        await using (var writer = await Store.OpenWriteAsync("p/stopped", stop.Token))
        {
            await writer.WriteAsync(new byte[20_000_000], Cancel);
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.CompleteAsync(stop.Token));
        }

        Assert.Empty(await ListAsync(""));
        Assert.Empty(await UnfinishedAsync());
    }

    [Fact]
    public async Task Of_many_who_create_a_name_one_wins_and_his_stays()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = $"p/promotions/{round:000000}.json";
            var won = await Task.WhenAll(
                Enumerable
                    .Range(0, 16)
                    .Select(async writer =>
                        (writer, created: await Store.TryCreateAsync(name, Encoding.UTF8.GetBytes($"{writer}"), Cancel))
                    )
            );

            var winner = Assert.Single(won, each => each.created).writer;
            Assert.Equal($"{winner}", Encoding.UTF8.GetString(await Store.ReadAsync(name, Cancel)));
        }
    }

    [Fact]
    public async Task Something_else_under_a_name_that_is_taken_is_refused()
    {
        Assert.True(await Store.TryCreateAsync("p/run.json", "one"u8.ToArray(), Cancel));

        Assert.False(await Store.TryCreateAsync("p/run.json", "two"u8.ToArray(), Cancel));

        Assert.Equal("one"u8.ToArray(), await Store.ReadAsync("p/run.json", Cancel));
    }

    [Fact]
    public async Task What_is_not_there_is_66_and_deleting_it_does_nothing()
    {
        var fault = await Assert.ThrowsAsync<Fault>(() => Store.ReadAsync("p/none", Cancel));

        Assert.Equal((ExitCode.MissingInput, $"{Store.UriOf("p/none")} is not there."), (fault.Code, fault.Message));
        Assert.Null(await Store.TryReadAsync("p/none", Cancel));
        Assert.False(await Store.ExistsAsync("p/none", Cancel));
        await Store.DeleteAsync("p/none", Cancel);
    }

    [Fact]
    public async Task A_listing_is_whole_and_in_ordinal_order()
    {
        string[] names = ["p/a-b", "p/a.b", "p/a/b", "p/B", "p/b/1", "p/b/10", "p/b/2", "q/a", "p2/x"];
        foreach (var name in names)
        {
            await Store.TryCreateAsync(name, new byte[name.Length], Cancel);
        }

        Assert.Equal(names.Order(StringComparer.Ordinal), (await ListAsync("")).Select(entry => entry.Name));
        Assert.Equal(["p/b/1", "p/b/10", "p/b/2"], (await ListAsync("p/b/")).Select(entry => entry.Name));
        Assert.Equal(["p/b/1", "p/b/10"], (await ListAsync("p/b/1")).Select(entry => entry.Name));
        Assert.Empty(await ListAsync("none/"));
        var entry = Assert.Single(await ListAsync("q/"));
        Assert.Equal(3, entry.Bytes);
        Assert.InRange(
            entry.Written,
            TimeProvider.System.GetUtcNow().AddMinutes(-5),
            TimeProvider.System.GetUtcNow().AddMinutes(5)
        );
    }

    [Fact]
    public async Task A_deleted_object_is_gone()
    {
        await WriteAsync("p/gone", new byte[10]);

        await Store.DeleteAsync("p/gone", Cancel);

        Assert.False(await Store.ExistsAsync("p/gone", Cancel));
        Assert.Empty(await ListAsync(""));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("p/../../outside")]
    [InlineData("/etc/trainyard")]
    public async Task A_name_that_leads_out_of_the_store_is_64(string name)
    {
        Assert.Equal(ExitCode.Usage, (await Assert.ThrowsAsync<Fault>(() => Store.ReadAsync(name, Cancel))).Code);
        Assert.Equal(
            ExitCode.Usage,
            (await Assert.ThrowsAsync<Fault>(() => Store.TryCreateAsync(name, new byte[1], Cancel))).Code
        );
        Assert.Equal(ExitCode.Usage, (await Assert.ThrowsAsync<Fault>(() => Store.DeleteAsync(name, Cancel))).Code);
    }

    [Theory]
    [InlineData("p/with space & 'quotes' \"too\"")]
    [InlineData("p/Ünïcode-日本")]
    [InlineData("p/100%+?#[x]=~")]
    public async Task Odd_names_are_harmless(string name)
    {
        await WriteAsync(name, "odd"u8.ToArray());

        Assert.Equal("odd"u8.ToArray(), await Store.ReadAsync(name, Cancel));
        Assert.Equal(name, Assert.Single(await ListAsync("p/")).Name);
        await Store.DeleteAsync(name, Cancel);
        Assert.Empty(await ListAsync(""));
    }

    private protected async Task<StoredBytes> WriteAsync(string name, byte[] content)
    {
        await using var writer = await Store.OpenWriteAsync(name, Cancel);
        for (var at = 0; at < content.Length; at += 100_003)
        {
            writer.Write(content.AsSpan(at, Math.Min(100_003, content.Length - at)));
        }

        return await writer.CompleteAsync(Cancel);
    }

    private protected Task<List<StoreEntry>> ListAsync(string prefix) =>
        Store.ListAsync(prefix, Cancel).ToListAsync(Cancel).AsTask();

    private protected Task<List<UnfinishedObject>> UnfinishedAsync() =>
        Store.ListUnfinishedAsync(Cancel).ToListAsync(Cancel).AsTask();

    private async Task<byte[]> ReadSynchronouslyAsync(string name)
    {
        await using var stream = await Store.OpenReadAsync(name, Cancel);
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
