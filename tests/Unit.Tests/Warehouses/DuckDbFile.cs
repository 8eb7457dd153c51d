using System.Text;
using Trainyard.Pipelines;
using Trainyard.Warehouses;
using Trainyard.Warehouses.DuckDb;

namespace Trainyard.Tests.Warehouses;

/// <summary>A DuckDB file of a test's own.</summary>
public sealed class DuckDbFile : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-duckdb-").FullName;

    public DuckDbFile(params string[] statements)
    {
        Execute(statements);
    }

    public string File => Path.Combine(_folder, "warehouse.duckdb");

    public string Uri => $"duckdb:{File}";

    public void Execute(params string[] statements)
    {
        using var session = DuckDbSession.Open(File, readOnly: false);
        foreach (var statement in statements)
        {
            session.Execute(statement);
        }
    }

    /// <summary>The rows of a query as lines of CSV.</summary>
    public Task<string> ReadAsync(string sql, params string[] orderBy) => ReadAsync(sql, orderBy, sample: null);

    public async Task<string> ReadAsync(string sql, string[] orderBy, int? sample)
    {
        await using var warehouse = Warehouse.Open(Uri);
        var query = new Query(sql, "rows.sql");
        var columns = await warehouse.DescribeAsync(query.Sql, query.File, TestContext.Current.CancellationToken);
        using var rows = await warehouse.OpenRowsAsync(
            new RowsRequest
            {
                Query = query,
                Columns = columns,
                OrderBy = orderBy,
                Sample = sample,
            },
            TestContext.Current.CancellationToken
        );
        var text = new StringBuilder();
        while (rows.Read())
        {
            text.Append(Encoding.UTF8.GetString(rows.Record));
        }

        return text.ToString();
    }

    /// <summary>What a query is refused with.</summary>
    public async Task<Fault> RefusalAsync(string sql) => await Assert.ThrowsAsync<Fault>(() => ReadAsync(sql, "id"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
