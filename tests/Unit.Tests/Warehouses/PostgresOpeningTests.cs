using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Trainyard.Pipelines;
using Trainyard.Tests.Servers;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

/// <summary>What can go wrong before a connection stands.</summary>
public sealed class PostgresOpeningTests
{
    private const string Canary = "canary-0f3a";

    [Fact]
    public async Task A_wrong_or_missing_password_is_77_and_is_not_repeated()
    {
        var server = await PostgresServer.UseAsync();
        await using var database = await server.CreateDatabaseAsync();
        var user = $"role_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE ROLE {user} LOGIN PASSWORD 'right'");
        try
        {
            var wrong = await FaultAsync(database.UriFor(user), Canary);
            Assert.Equal(ExitCode.NoPermission, wrong.Code);
            Assert.StartsWith(
                $"The warehouse {database.UriFor(user)} does not let us in: password authentication failed for "
                    + $"user \"{user}\".",
                wrong.Message,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(Canary, wrong.ToString(), StringComparison.Ordinal);

            var missing = await FaultAsync(database.UriFor(user) + "?passfile=/nowhere", null);
            Assert.Equal(
                (
                    ExitCode.NoPermission,
                    $"The warehouse {database.UriFor(user)} asks for a password and there is none: looked in "
                        + "TRAINYARD_WAREHOUSE, TRAINYARD_WAREHOUSE_FILE, PGPASSWORD and .pgpass. Nothing was "
                        + "changed."
                ),
                (missing.Code, missing.Message)
            );

            await database.ExecuteAsync("CREATE TABLE private (id integer)");
            var denied = await FaultAsync(database.UriFor(user), "right", "SELECT id FROM private");
            Assert.Equal(
                (ExitCode.NoPermission, "rows.sql: permission denied for table private. Nothing was changed."),
                (denied.Code, denied.Message)
            );
        }
        finally
        {
            await database.ExecuteAsync($"DROP ROLE {user}");
        }
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_78()
    {
        var server = await PostgresServer.UseAsync();
        await using var database = await server.CreateDatabaseAsync();
        var uri = database.Uri.Replace(database.Name, "nowhere", StringComparison.Ordinal);
        var fault = await FaultAsync(uri, database.Password);
        Assert.Equal(
            (ExitCode.BadConfiguration, $"The warehouse {uri} has no such database. Nothing was changed."),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public async Task Nobody_at_the_port_is_69_within_a_bounded_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var watch = Stopwatch.StartNew();
        var fault = await FaultAsync($"postgresql://ada:{Canary}@127.0.0.1:{port}/flights", null);
        Assert.Equal(
            (
                ExitCode.Unavailable,
                $"The warehouse postgresql://ada@127.0.0.1:{port}/flights does not answer: Connection refused. "
                    + "Nothing was changed; try again."
            ),
            (fault.Code, fault.Message)
        );
        Assert.InRange(watch.Elapsed.TotalSeconds, 5, 25);
    }

    private static async Task<Fault> FaultAsync(string uri, string? password, string sql = "SELECT 1 AS id")
    {
        var environment = password is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["PGPASSWORD"] = password };
        await using var warehouse = Warehouse.Open(uri, new WarehouseOptions { Environment = environment });
        return await Assert.ThrowsAsync<Fault>(() =>
            warehouse.QueryAsync(new Query(sql, "rows.sql"), TestContext.Current.CancellationToken)
        );
    }
}
