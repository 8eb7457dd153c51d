using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Xunit;

namespace Trainyard.Tests.Servers;

/// <summary>
/// A PostgreSQL server: the one that TRAINYARD_TEST_POSTGRES names (postgresql://superuser:password@host:port), else
/// one that is started.
/// Call <see cref="UseAsync"/> in a test or its InitializeAsync, not in a fixture: where there is no server, it skips
/// the test.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string PortSetting = "TRAINYARD_POSTGRES_PORT";

    private static readonly Lazy<Task<PostgresServer>> OfThisProgram = new(() =>
        Environment.GetEnvironmentVariable("TRAINYARD_TEST_POSTGRES") is { Length: > 0 } uri
            ? Task.FromResult(Named(new Uri(uri)))
            : StartNewAsync()
    );

    private readonly ServerProcess? _process;

    private PostgresServer(ServerProcess? process, string host, int port, string user, string password)
    {
        _process = process;
        (Host, Port, User, Password) = (host, port, user, password);
    }

    public string Host { get; }

    public int Port { get; }

    /// <summary>The superuser's name.</summary>
    public string User { get; }

    public string Password { get; }

    /// <summary>Whether it can be stopped and started: it was started by the tests.</summary>
    public bool CanRestart => _process is not null;

    /// <summary>The server that all tests of this program share, started by the first of them; each makes databases
    /// of its own.</summary>
    public static Task<PostgresServer> UseAsync() => OrSkipAsync(OfThisProgram.Value);

    /// <summary>A server of the test's own, to be stopped and started; dispose of it.</summary>
    /// <param name="ports">Gives a free port for each try; null for any.</param>
    public static Task<PostgresServer> StartOwnAsync(Func<int>? ports = null) => OrSkipAsync(StartNewAsync(ports));

    /// <summary>An empty database, dropped when disposed of.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        await new TestDatabase(this, "postgres").ExecuteAsync(
            $"CREATE DATABASE {name} ENCODING 'UTF8' LOCALE 'C' TEMPLATE template0"
        );
        return new TestDatabase(this, name);
    }

    /// <summary>Stops it as its owner would: connections are ended, transactions rolled back.</summary>
    public Task StopAsync() => Process.CommandAsync("stop");

    /// <summary>Starts it again, on the same port, with its data.</summary>
    public Task StartAsync() => Process.CommandAsync("start");

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public ValueTask DisposeAsync() => _process?.DisposeAsync() ?? ValueTask.CompletedTask;

    internal string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder
        {
            Host = Host,
            Port = Port,
            Username = User,
            Password = Password,
            Database = database,
            Pooling = false,
            Timezone = "UTC",
        }.ConnectionString;

    private ServerProcess Process =>
        _process
        ?? throw new InvalidOperationException("Only a server that the tests started can be stopped: see CanRestart.");

    private static PostgresServer Named(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString).ToArray();
        return new PostgresServer(
            null,
            uri.Host,
            uri.Port > 0 ? uri.Port : 5432,
            user[0],
            user.ElementAtOrDefault(1) ?? ""
        );
    }

    private static async Task<PostgresServer> StartNewAsync(Func<int>? ports = null)
    {
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var process = await ServerProcess.StartAsync(
            "postgres",
            () =>
                new Dictionary<string, string>
                {
                    ["TRAINYARD_POSTGRES_USER"] = "postgres",
                    ["TRAINYARD_POSTGRES_PASSWORD"] = password,
                    [PortSetting] = $"{(ports ?? LocalPorts.Free)()}",
                    // What a crash of the machine would lose is no loss for tests.
                    ["TRAINYARD_POSTGRES_OPTIONS"] = "-c fsync=off -c max_connections=200",
                    // The compose file asks for these whichever service is started.
                    ["TRAINYARD_S3_ACCESS_KEY"] = "unused",
                    ["TRAINYARD_S3_SECRET_KEY"] = "unused",
                }
        );
        var port = int.Parse(process.Settings[PortSetting], CultureInfo.InvariantCulture);
        return new PostgresServer(process, "127.0.0.1", port, "postgres", password);
    }

    private static async Task<PostgresServer> OrSkipAsync(Task<PostgresServer> server)
    {
        try
        {
            return await server;
        }
        catch (NoServerException none)
        {
            Assert.Skip(
                $"needs a PostgreSQL server: TRAINYARD_TEST_POSTGRES, Docker, or PostgreSQL's programs ({none.Message})"
            );
            throw;
        }
    }
}
