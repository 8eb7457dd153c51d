using Npgsql;

namespace Trainyard.Tests.Servers;

/// <summary>A database of a test's own; it is dropped when disposed of.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgresServer _server;

    internal TestDatabase(PostgresServer server, string name) => (_server, Name) = (server, name);

    public string Name { get; }

    /// <summary>As `--warehouse` takes it, for the superuser; the password goes by PGPASSWORD.</summary>
    public string Uri => UriFor(_server.User);

    public string Password => _server.Password;

    /// <summary>As `--warehouse` takes it, for another role.</summary>
    public string UriFor(string user) =>
        $"postgresql://{System.Uri.EscapeDataString(user)}@{_server.Host}:{_server.Port}/{Name}";

    /// <summary>Runs statements as the superuser, without waiting for locks without end.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query as the superuser sees them in UTC, each as its values' text joined by a bar; null
    /// is empty.</summary>
    public async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        await using var connection = await ConnectAsync();
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(column => reader.IsDBNull(column) ? "" : reader.GetString(column))
                )
            );
        }

        return rows;
    }

    /// <summary>A connection of the superuser's.</summary>
    public async Task<NpgsqlConnection> ConnectAsync()
    {
        var connection = new NpgsqlConnection(_server.ConnectionString(Name));
        await connection.OpenAsync();
        return connection;
    }

    public async ValueTask DisposeAsync() =>
        await new TestDatabase(_server, "postgres").ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
}
