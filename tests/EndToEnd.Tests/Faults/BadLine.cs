using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>PostgreSQL and S3 at the other end of two lines that can be cut, slowed and closed.</summary>
internal sealed class BadLine : IAsyncDisposable
{
    public BadLine(PostgresAndS3 workspace)
    {
        var (warehouse, s3) = (new Uri(workspace.Warehouse), new Uri(workspace.Variables["AWS_ENDPOINT_URL"]));
        (ToPostgres, ToS3) = (new TcpProxy(warehouse.Host, warehouse.Port), new TcpProxy(s3.Host, s3.Port));
        Warehouse = new UriBuilder(warehouse) { Host = "127.0.0.1", Port = ToPostgres.Port }.Uri.ToString();
        Variables = workspace.VariablesWith(("AWS_ENDPOINT_URL", $"http://127.0.0.1:{ToS3.Port}"));
    }

    public TcpProxy ToPostgres { get; }

    public TcpProxy ToS3 { get; }

    /// <summary>As <c>--warehouse</c> takes it.</summary>
    public string Warehouse { get; }

    /// <summary>The environment of a program that goes by these lines.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; }

    public async ValueTask DisposeAsync()
    {
        await ToPostgres.DisposeAsync();
        await ToS3.DisposeAsync();
    }
}
