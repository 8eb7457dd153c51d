using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>PostgreSQL and S3 at the other end of two lines that can be cut, slowed and closed.</summary>
internal sealed class BadLine : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _variables;

    public BadLine(PostgresAndS3 workspace)
        : this(new Uri(workspace.Warehouse), workspace.Variables)
    {
    }

    public BadLine(Uri warehouse, IReadOnlyDictionary<string, string?> variables)
    {
        var s3 = new Uri(variables["AWS_ENDPOINT_URL"]!);
        (ToPostgres, ToS3) = (new TcpProxy(warehouse.Host, warehouse.Port), new TcpProxy(s3.Host, s3.Port));
        Warehouse = new UriBuilder(warehouse) { Host = "127.0.0.1", Port = ToPostgres.Port }.Uri.ToString();
        _variables = new Dictionary<string, string?>(variables) { ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{ToS3.Port}" };
    }

    public TcpProxy ToPostgres { get; }

    public TcpProxy ToS3 { get; }

    /// <summary>As <c>--warehouse</c> takes it.</summary>
    public string Warehouse { get; }

    /// <summary>The environment of a program that goes by these lines.</summary>
    public IReadOnlyDictionary<string, string?> Variables => _variables;

    public async ValueTask DisposeAsync()
    {
        await ToPostgres.DisposeAsync();
        await ToS3.DisposeAsync();
    }
}
