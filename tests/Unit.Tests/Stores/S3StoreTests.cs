using System.Globalization;
using System.Security.Cryptography;
using Trainyard.Pipelines;
using Trainyard.Stores;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.Stores;

/// <summary>The contract over a real server, and what only a server far away can do: vanish, cut, refuse.</summary>
public sealed class S3StoreTests : StoreContract
{
    private Dictionary<string, string> _variables = [];
    private string _bucket = "";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Address => $"s3://{_bucket}/some/prefix";

    [Fact]
    public async Task A_listing_goes_on_after_the_first_thousand()
    {
        await Parallel.ForAsync(
            0,
            1_050,
            new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel },
            async (number, stop) =>
                Assert.True(
                    await Store.TryCreateAsync(
                        string.Create(CultureInfo.InvariantCulture, $"p/{number:0000}"),
                        "x"u8.ToArray(),
                        stop
                    )
                )
        );

        Assert.Equal(
            Enumerable
                .Range(0, 1_050)
                .Select(number => string.Create(CultureInfo.InvariantCulture, $"p/{number:0000}")),
            (await ListAsync("p/")).Select(entry => entry.Name)
        );
    }

    [Fact]
    public async Task What_a_retry_finds_of_its_own_counts_as_created()
    {
        Assert.True(await Store.TryCreateAsync("p/run.json", "mine"u8.ToArray(), Cancel));

        Assert.True(await Store.TryCreateAsync("p/run.json", "mine"u8.ToArray(), Cancel));
    }

    [Fact]
    public async Task Reading_goes_on_where_the_connection_was_cut()
    {
        var content = RandomNumberGenerator.GetBytes(30_000_000);
        await WriteAsync("p/big", content);
        await using var proxy = Proxy();
        var store = Open(proxy);

        await using var stream = await store.OpenReadAsync("p/big", Cancel);
        proxy.CutAfter(11_000_000);
        using var read = new MemoryStream();
        await stream.CopyToAsync(read, Cancel);

        Assert.Equal(content, read.ToArray());
    }

    [Fact]
    public async Task An_object_that_was_replaced_in_between_is_65_and_never_mixed()
    {
        await WriteAsync("p/big", RandomNumberGenerator.GetBytes(30_000_000));
        await using var proxy = Proxy();

        await using var stream = await Open(proxy).OpenReadAsync("p/big", Cancel);
        await Store.DeleteAsync("p/big", Cancel);
        await WriteAsync("p/big", RandomNumberGenerator.GetBytes(30_000_000));
        proxy.Cut();

        var fault = await Assert.ThrowsAsync<Fault>(() => stream.CopyToAsync(Stream.Null, Cancel));
        Assert.Equal(
            (
                ExitCode.BadData,
                $"{Address}/p/big was replaced while it was being read. Nothing was changed; remove the run's "
                    + "folder and start a new run."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public async Task Writing_goes_on_after_a_cut_connection()
    {
        await using var proxy = Proxy();
        var content = RandomNumberGenerator.GetBytes(40_000_000);
        proxy.CutAfter(13_000_000);

        await using (var writer = await Open(proxy).OpenWriteAsync("p/big", Cancel))
        {
            await writer.WriteAsync(content, Cancel);
            await writer.CompleteAsync(Cancel);
        }

        Assert.Equal(content, await Store.ReadAsync("p/big", Cancel));
        Assert.Empty(await UnfinishedAsync());
    }

    [Fact]
    public async Task An_outage_of_seconds_is_bridged_for_all_who_ask_at_once()
    {
        await WriteAsync("p/small", "small"u8.ToArray());
        await using var proxy = Proxy();
        var store = Open(proxy);
        proxy.Refuses = true;

        var asked = Enumerable.Range(0, 16).Select(_ => store.ReadAsync("p/small", Cancel)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(3), Cancel);
        proxy.Refuses = false;

        Assert.All(await Task.WhenAll(asked), read => Assert.Equal("small"u8.ToArray(), read));
    }

    [Fact]
    public async Task What_a_killed_writer_left_is_found_with_its_size_and_can_be_dropped()
    {
        // A process that is killed disposes of nothing.
        var writer = await Store.OpenWriteAsync("p/killed", Cancel);
        await writer.WriteAsync(new byte[17 << 20], Cancel);
        UnfinishedObject left;
        do
        {
            left = Assert.Single(await UnfinishedAsync());
        } while (left.Bytes < 16 << 20);

        Assert.Equal("p/killed", left.Name);
        Assert.InRange(
            left.Begun,
            TimeProvider.System.GetUtcNow().AddMinutes(-5),
            TimeProvider.System.GetUtcNow().AddMinutes(5)
        );
        await Store.DropUnfinishedAsync(left, Cancel);
        Assert.Empty(await UnfinishedAsync());
        await Store.DropUnfinishedAsync(left, Cancel);
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_78()
    {
        var fault = await FaultOfAsync(new(), "s3://no-such-bucket/x");

        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                "The store s3://no-such-bucket/x cannot be used: there is no bucket 'no-such-bucket' at "
                    + $"{Host}. Create it, or correct --store. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public async Task Wrong_credentials_are_77_and_are_not_repeated()
    {
        var unknown = await FaultOfAsync(new() { ["AWS_ACCESS_KEY_ID"] = "canary-key" });
        var wrong = await FaultOfAsync(new() { ["AWS_SECRET_ACCESS_KEY"] = "canary-secret" });

        Assert.Equal(
            (
                ExitCode.NoPermission,
                $"The store {Address} at {Host} cannot be used: the credentials are not valid there "
                    + "(InvalidAccessKeyId). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile. "
                    + "Nothing was changed."
            ),
            (unknown.Code, unknown.Message)
        );
        Assert.Equal(
            (
                ExitCode.NoPermission,
                $"The store {Address} at {Host} cannot be used: the credentials are not valid there "
                    + "(SignatureDoesNotMatch). Check AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or the profile. "
                    + "Nothing was changed."
            ),
            (wrong.Code, wrong.Message)
        );
    }

    [Fact]
    public async Task A_store_where_nobody_listens_is_69_after_the_retries()
    {
        var fault = await FaultOfAsync(
            new() { ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9", ["AWS_MAX_ATTEMPTS"] = "3" }
        );

        Assert.Equal(
            (
                ExitCode.Unavailable,
                $"The store {Address} at 127.0.0.1:9 failed at 'p/x': Connection refused (127.0.0.1:9). The "
                    + "same command takes it up again."
            ),
            (fault.Code, fault.Message)
        );
    }

    private protected override async Task<IStore> OpenAsync()
    {
        var server = await S3Server.UseAsync();
        (_variables, _bucket) = (server.Variables.ToDictionary(), await server.CreateBucketAsync());
        return Trainyard.Stores.Store.Open(Address, _variables);
    }

    private string Host => Endpoint.Authority;

    private Uri Endpoint => new(_variables["AWS_ENDPOINT_URL"]);

    private TcpProxy Proxy() => new(Endpoint.Host, Endpoint.Port);

    private IStore Open(TcpProxy proxy) =>
        Open(new Dictionary<string, string> { ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{proxy.Port}" });

    private IStore Open(Dictionary<string, string> changed, string? address = null) =>
        Trainyard.Stores.Store.Open(
            address ?? Address,
            _variables.Where(variable => !changed.ContainsKey(variable.Key)).Concat(changed).ToDictionary()
        );

    /// <summary>What creating and reading end with.</summary>
    private async Task<Fault> FaultOfAsync(Dictionary<string, string> changed, string? address = null)
    {
        var store = Open(changed, address);
        var read = await Assert.ThrowsAsync<Fault>(() => store.ReadAsync("p/x", Cancel));
        var created = await Assert.ThrowsAsync<Fault>(() => store.TryCreateAsync("p/x", new byte[1], Cancel));
        Assert.Equal(read.Code, created.Code);
        return read;
    }
}
