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

    [Fact]
    public async Task Labels_are_shown_to_nobody_by_default()
    {
        var viewer = $"viewer_{Guid.NewGuid():N}";
        await ExecuteAsync($"CREATE ROLE {viewer}; ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO {viewer}");
        try
        {
            await PublishAsync("score.1", "1,0.25,f,f");
            await MeasureAsync(Request(1));
            var seen = await QueryAsync(
                "SELECT relname FROM pg_class WHERE relnamespace = 'trainyard'::regnamespace AND relkind IN ('r', 'v') "
                    + $"AND NOT has_table_privilege('{viewer}', oid, 'SELECT') ORDER BY relname"
            );
            Assert.Equal(["flights_predictions_actuals", "flights_predictions_outcomes"], seen);

            // Who was let see them goes on.
            await ExecuteAsync($"GRANT SELECT ON trainyard.flights_predictions_outcomes TO {viewer}");
            await MeasureAsync(Request(2));
            Assert.Equal(
                ["t"],
                await QueryAsync(
                    $"SELECT has_table_privilege('{viewer}', 'trainyard.flights_predictions_outcomes', 'SELECT')"
                )
            );
        }
        finally
        {
            await ExecuteAsync($"DROP OWNED BY {viewer}; DROP ROLE {viewer}");
        }
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
