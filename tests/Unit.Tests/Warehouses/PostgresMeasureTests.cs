using Trainyard.Tests.Servers;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomeMeasurement;

namespace Trainyard.Tests.Warehouses;

/// <summary>Measuring on a real PostgreSQL server.</summary>
public sealed class PostgresMeasureTests : MeasureContract, IAsyncLifetime
{
    private TestDatabase _database = null!;

    public async ValueTask InitializeAsync() =>
        _database = await (await PostgresServer.UseAsync()).CreateDatabaseAsync();

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Runs_that_come_at_once_leave_what_they_would_one_by_one()
    {
        await Task.WhenAll(Enumerable.Range(1, Runs).Select(asOf => MeasureAsync(Request(asOf))));

        Assert.Equal(Expected, await QueryAsync(Actuals));
    }

    private protected override IWarehouse Open() =>
        Warehouse.Open(
            _database.Uri,
            new WarehouseOptions
            {
                Environment = new Dictionary<string, string> { ["PGPASSWORD"] = _database.Password },
            }
        );

    protected override Task<IReadOnlyList<string>> QueryAsync(string sql) => _database.QueryAsync(sql);

    protected override Task ExecuteAsync(string sql) => _database.ExecuteAsync(sql);
}
