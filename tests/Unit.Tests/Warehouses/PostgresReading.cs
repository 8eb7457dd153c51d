using System.Text;
using Trainyard.Pipelines;
using Trainyard.Tests.Servers;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

/// <summary>Tests that read from a real PostgreSQL server, each with a database of its own.</summary>
public abstract class PostgresReading : IAsyncLifetime
{
    private TestDatabase? _database;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    protected TestDatabase Database => _database!;

    public async ValueTask InitializeAsync() =>
        _database = await (await PostgresServer.UseAsync()).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    protected IWarehouse Open(List<string>? warnings = null) =>
        Warehouse.Open(
            Database.Uri,
            new WarehouseOptions
            {
                Environment = new Dictionary<string, string> { ["PGPASSWORD"] = Database.Password },
                StatementTimeout = TimeSpan.FromSeconds(5),
                Warn = sentence => warnings?.Add(sentence),
            }
        );

    protected async Task<string> ReadAsync(
        string sql,
        string orderBy,
        int? sample = null,
        List<string>? warnings = null
    )
    {
        await using var warehouse = Open(warnings);
        var query = new Query(sql, "rows.sql");
        var columns = await warehouse.DescribeAsync(query.Sql, query.File, Cancel);
        using var rows = await warehouse.OpenRowsAsync(
            new RowsRequest
            {
                Query = query,
                Columns = columns,
                OrderBy = [orderBy],
                Sample = sample,
            },
            Cancel
        );
        var text = new StringBuilder();
        while (rows.Read())
        {
            text.Append(Encoding.UTF8.GetString(rows.Record));
        }

        return text.ToString();
    }

    protected async Task<Fault> RefusalAsync(string sql) => await Assert.ThrowsAsync<Fault>(() => ReadAsync(sql, "id"));
}
