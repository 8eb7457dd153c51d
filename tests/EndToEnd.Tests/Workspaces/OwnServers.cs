using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>PostgreSQL and S3 on servers of the test's own, which it may stop.</summary>
public sealed class OwnServers : PostgresAndS3
{
    private PostgresServer? _postgres;
    private S3Server? _store;

    public PostgresServer Postgres => _postgres ?? throw new InvalidOperationException("OpenAsync comes first.");

    public S3Server StoreServer => _store ?? throw new InvalidOperationException("OpenAsync comes first.");

    /// <summary>Waits until a step reads rows.</summary>
    public async Task UntilReadingAsync()
    {
        while (
            await Database.QueryAsync(
                $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{Database.Name}' AND query LIKE "
                    + "'COPY%' AND state = 'active'"
            )
                is ["0"]
        )
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>With the servers goes whatever is on them.</summary>
    protected override async Task RemoveAsync()
    {
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_store?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    protected override async Task<(PostgresServer Postgres, S3Server S3)> ServersAsync()
    {
        _postgres = await PostgresServer.StartOwnAsync();
        _store = await S3Server.StartOwnAsync();
        return (_postgres, _store);
    }
}
