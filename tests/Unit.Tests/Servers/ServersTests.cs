using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests;

/// <summary>The servers that tests use are what tests take them for.</summary>
public sealed class ServersTests
{
    [Fact]
    public async Task A_database_is_empty_one_test_s_own_and_gone_afterwards()
    {
        var server = await PostgresServer.UseAsync();
        await using var other = await server.CreateDatabaseAsync();
        string name;
        await using (var database = await server.CreateDatabaseAsync())
        {
            name = database.Name;
            await database.ExecuteAsync(
                "CREATE TABLE t (n numeric, at timestamptz); INSERT INTO t VALUES (1.50, '2024-05-20 "
                    + "04:00:00+00'), (NULL, NULL)"
            );

            Assert.Equal(["1.50|2024-05-20 04:00:00+00", "|"], await database.QueryAsync("SELECT * FROM t"));
            Assert.Equal(["0"], await other.QueryAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
        }

        Assert.Empty(await other.QueryAsync($"SELECT 1 FROM pg_database WHERE datname = '{name}'"));
    }

    /// <summary>Its first port is taken meanwhile, so it is started on another.</summary>
    [Fact]
    public async Task A_server_of_ones_own_keeps_its_data_and_its_port_over_a_restart()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var taken = ((IPEndPoint)other.LocalEndpoint).Port;
        var ports = new Queue<int>([taken, LocalPorts.Free(), LocalPorts.Free()]);
        await using var server = await PostgresServer.StartOwnAsync(ports.Dequeue);
        Assert.NotEqual(taken, server.Port);
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE t AS SELECT 1 AS n");

        await server.StopAsync();
        await Assert.ThrowsAsync<NpgsqlException>(() => database.QueryAsync("SELECT 1"));
        await server.StartAsync();

        Assert.Equal(["1"], await database.QueryAsync("SELECT n FROM t"));
    }

    [Fact]
    public async Task An_S3_server_of_ones_own_keeps_its_objects_and_its_port_over_a_restart()
    {
        await using var server = await S3Server.StartOwnAsync();
        var bucket = await server.CreateBucketAsync();
        await server.Client.PutObjectAsync(
            new()
            {
                BucketName = bucket,
                Key = "a b/ü",
                ContentBody = "kept",
            },
            TestContext.Current.CancellationToken
        );

        await server.StopAsync();
        using (var nobody = new TcpClient())
        {
            await Assert.ThrowsAsync<SocketException>(() =>
                nobody
                    .ConnectAsync("127.0.0.1", new Uri(server.Endpoint).Port, TestContext.Current.CancellationToken)
                    .AsTask()
            );
        }

        await server.StartAsync();

        using var found = await server.Client.GetObjectAsync(bucket, "a b/ü", TestContext.Current.CancellationToken);
        using var text = new StreamReader(found.ResponseStream);
        Assert.Equal("kept", await text.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_proxy_carries_slows_refuses_and_cuts()
    {
        var server = await S3Server.UseAsync();
        await using var proxy = new TcpProxy("127.0.0.1", new Uri(server.Endpoint).Port);
        var address = new Uri($"http://127.0.0.1:{proxy.Port}/");
        var whole = await GetAsync(address);
        Assert.True(proxy.Carried > whole.Length);

        proxy.CutAfter(proxy.Carried - 10);
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(address));
        Assert.Equal(whole, await GetAsync(address));

        proxy.BytesPerSecond = (int)proxy.Carried / 6;
        var watch = Stopwatch.StartNew();
        Assert.Equal(whole, await GetAsync(address));
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(1));

        // Reset as soon as it is made, a connection may be found without its other end: .NET lets that error through.
        proxy.Refuses = true;
        Assert.True(await Record.ExceptionAsync(() => GetAsync(address)) is HttpRequestException or SocketException);
    }

    /// <summary>Over a new connection: on one that it used before, HttpClient would try again by itself.</summary>
    private static async Task<string> GetAsync(Uri address)
    {
        using var client = new HttpClient();
        return await client.GetStringAsync(address, TestContext.Current.CancellationToken);
    }
}
