using System.Globalization;
using Trainyard.Pipelines;
using Trainyard.Tests.Servers;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>Publishing to a real PostgreSQL server, as the writer of docs/roles.sql would.</summary>
public sealed class PostgresPublishTests : PublishContract, IAsyncLifetime
{
    private TestDatabase _database = null!;

    protected override string[] Scripts => ["1|0001_trainyard.sql", "2|0002_runs_are_kept.postgres.sql"];

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
    public async Task A_table_of_the_schema_that_was_dropped_by_hand_is_78_with_what_to_do()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        await _database.ExecuteAsync("DROP TABLE trainyard.run_steps");
        var fault = await Assert.ThrowsAsync<Fault>(() => PublishAsync(Run("score.2"), "1,0.9,t,f"));
        Assert.Equal(ExitCode.BadConfiguration, fault.Code);
        Assert.Contains("DROP SCHEMA trainyard CASCADE", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_breaks_a_constraint_is_told_nowhere()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        var twice = await Assert.ThrowsAsync<Fault>(() =>
            PublishAsync(Run("score.2"), "777123,0.625,t,f", "777123,0.625,t,f")
        );
        await _database.ExecuteAsync(
            "ALTER TABLE trainyard.flights_predictions ADD COLUMN kept text NOT NULL DEFAULT ''; "
                + "ALTER TABLE trainyard.flights_predictions ALTER kept DROP DEFAULT"
        );
        var without = await Assert.ThrowsAsync<Fault>(() => PublishAsync(Run("score.2"), "777123,0.625,t,f"));
        Assert.Equal(
            "trainyard.flights_predictions: null value in column \"kept\" of relation \"flights_predictions\" "
                + "violates not-null constraint. The row is not repeated here: PostgreSQL's own log may have it. "
                + "Nothing was changed.",
            without.Message
        );
        Assert.Contains("violates unique constraint", twice.Message, StringComparison.Ordinal);
        Assert.All(
            [twice, without],
            fault =>
            {
                // With what a debug log shows of it.
                Assert.Equal(ExitCode.BadData, fault.Code);
                Assert.DoesNotContain("777123", fault.ToString(), StringComparison.Ordinal);
                Assert.DoesNotContain("0.625", fault.ToString(), StringComparison.Ordinal);
            }
        );
    }

    [Fact]
    public async Task A_policy_on_the_tables_of_the_writer_is_77()
    {
        var writer = $"writer_{Guid.NewGuid():N}";
        await _database.ExecuteAsync(
            $"CREATE ROLE {writer} LOGIN PASSWORD '{_database.Password}'; "
                + $"CREATE SCHEMA trainyard AUTHORIZATION {writer}"
        );
        try
        {
            await PublishAsAsync(_database.UriFor(writer), Run("score.1"), "1,0.1,f,f");
            await _database.ExecuteAsync(
                "ALTER TABLE trainyard.flights_predictions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"
            );
            var hidden = await Assert.ThrowsAsync<Fault>(() =>
                PublishAsAsync(_database.UriFor(writer), Run("score.1"), "1,0.1,f,f")
            );
            Assert.Equal(ExitCode.NoPermission, hidden.Code);
            Assert.Contains(
                $"Row-level security hides rows of trainyard.flights_predictions from the role {writer}, which "
                    + $"publishes there. Either a superuser does ALTER ROLE {writer} BYPASSRLS; or the table's owner "
                    + "ALTER TABLE "
                    + "trainyard.flights_predictions DISABLE ROW LEVEL SECURITY;",
                hidden.Message,
                StringComparison.Ordinal
            );
            await _database.ExecuteAsync($"ALTER ROLE {writer} BYPASSRLS");
            Assert.Equal(
                new PublishOutcome(1, 1),
                await PublishAsAsync(_database.UriFor(writer), Run("score.1"), "1,0.1,f,f")
            );
        }
        finally
        {
            await _database.ExecuteAsync($"DROP OWNED BY {writer} CASCADE; DROP ROLE {writer}");
        }
    }

    [Fact]
    public async Task Who_may_not_see_what_was_published_is_not_told_that_nothing_was()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        var stranger = $"stranger_{Guid.NewGuid():N}";
        await _database.ExecuteAsync($"CREATE ROLE {stranger} LOGIN PASSWORD '{_database.Password}'");
        await using (var warehouse = Open(_database.UriFor(stranger)))
        {
            var fault = await Assert.ThrowsAsync<Fault>(() =>
                warehouse.PublishedModelsAsync("flights", TestContext.Current.CancellationToken)
            );
            Assert.Equal(
                (
                    ExitCode.NoPermission,
                    "trainyard.models:1: permission denied for schema trainyard. Its owner can mend that: GRANT USAGE "
                        + $"ON SCHEMA trainyard TO {stranger}; Nothing was changed."
                ),
                (fault.Code, fault.Message)
            );
        }

        await _database.ExecuteAsync($"DROP ROLE {stranger}");
    }

    [Fact]
    public async Task Eight_publishers_of_one_run_at_once_are_as_one()
    {
        var rows = Enumerable.Range(0, 5000).Select(i => $"{i},0.5,f,f").ToArray();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PublishAsync(Run("score.1"), rows)));

        Assert.Equal(Enumerable.Repeat(5000L, 7).Prepend(0L), outcomes.Select(outcome => outcome.Replaced).Order());
        Assert.Equal(
            ["5000|5000|1"],
            await _database.QueryAsync(
                "SELECT count(*), count(DISTINCT flight_id), count(DISTINCT run) FROM trainyard.flights_predictions"
            )
        );
        Assert.Equal(["5000"], await _database.QueryAsync("SELECT \"rows\" FROM trainyard.runs"));
    }

    [Fact]
    public async Task A_connection_that_is_cut_is_69_and_changes_nothing()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        var rows = Enumerable.Range(0, 100_000).Select(i => $"{i},0.5,f,f").ToArray();
        var request = Request(Table, Run("score.2"), Columns(Table), Part(Monday, rows)) with
        {
            Wrote = _ =>
                _database
                    .ExecuteAsync(
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                            + $"'{_database.Name}' AND application_name = 'trainyard'"
                    )
                    .Wait(),
        };
        var fault = await Assert.ThrowsAsync<Fault>(() => PublishAsync(request));
        Assert.Equal(ExitCode.Unavailable, fault.Code);
        Assert.EndsWith("Nothing was changed; try again.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["score.1"], await _database.QueryAsync("SELECT run FROM trainyard.runs"));
        Assert.Equal(["1"], await _database.QueryAsync("SELECT count(*) FROM trainyard.flights_predictions"));
    }

    [Fact]
    public async Task A_run_that_has_predictions_cannot_be_deleted()
    {
        await PublishAsync(Run("score.1"), "1,0.1,f,f");
        await PublishAsync(Run("empty"));
        foreach (
            var statement in new[]
            {
                "DELETE FROM trainyard.run_steps; DELETE FROM trainyard.runs WHERE run = 'score.1'",
                "UPDATE trainyard.runs SET model = model, run = 'other' WHERE run = 'score.1'",
            }
        )
        {
            var error = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => _database.ExecuteAsync(statement));
            Assert.Contains(
                "predictions in trainyard.flights_predictions",
                error.Message.Replace("run_steps", "predictions in trainyard.flights_predictions"),
                StringComparison.Ordinal
            );
        }

        await _database.ExecuteAsync(
            "DELETE FROM trainyard.run_steps WHERE run = 'empty'; DELETE FROM trainyard.runs WHERE run = 'empty'"
        );
    }

    [Fact]
    public async Task One_key_is_found_by_the_primary_key_in_table_and_views()
    {
        await PublishAsync(Run("score.1"), [.. Enumerable.Range(0, 20_000).Select(i => $"{i},0.5,f,f")]);
        await PublishAsync(
            Run("score.2") with
            {
                PublishedAt = Monday.AddHours(3),
            },
            [.. Enumerable.Range(0, 20_000).Select(i => $"{i},0.6,f,f")]
        );
        await _database.ExecuteAsync("ANALYZE trainyard.flights_predictions");
        foreach (
            var view in new[] { "flights_predictions", "flights_predictions_current", "flights_predictions_newest" }
        )
        {
            var plan = string.Join(
                '\n',
                await _database.QueryAsync($"EXPLAIN SELECT * FROM trainyard.{view} WHERE flight_id = 77")
            );
            Assert.Contains("flights_predictions_pkey", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on flights_predictions", plan, StringComparison.Ordinal);
        }

        Assert.Equal(
            ["77|0.6"],
            await _database.QueryAsync(
                "SELECT flight_id, probability FROM trainyard.flights_predictions_newest WHERE flight_id = 77"
            )
        );
    }

    [Fact]
    public async Task What_was_made_before_the_rows_is_told_once()
    {
        var told = new List<string>();
        var request = Request(Table, Run("score.1"), Columns(Table), Part(Monday, ["1,0.5,f,f", "2,0.5"])) with
        {
            Prepared = told.Add,
        };

        await Assert.ThrowsAsync<Fault>(() => PublishAsync(request));
        Assert.Equal(
            $"In {Open().Uri} the schema trainyard is at version 5 and the table trainyard.\"flights_predictions\" is "
                + "made.",
            Assert.Single(told)
        );
        Assert.Equal(["0"], await QueryAsync("SELECT count(*) FROM trainyard.flights_predictions"));

        await PublishAsync(
            Request(Table, Run("score.1"), Columns(Table), Part(Monday, ["1,0.5,f,f"])) with
            {
                Prepared = told.Add,
            }
        );
        Assert.Single(told);
    }

    [Fact]
    public async Task Two_pipelines_may_publish_at_once_while_the_schema_is_made()
    {
        var tables = Enumerable
            .Range(0, 6)
            .Select(i => new PredictionsTable(
                string.Create(CultureInfo.InvariantCulture, $"t{i}"),
                $"p{i}",
                ModelTask.Binary,
                Flight
            ))
            .ToList();
        await Task.WhenAll(
            tables.Select(table =>
                PublishAsync(Request(table, Run("score.1"), Columns(table), Part(Monday, ["1,0.1,f,f"])))
            )
        );
        Assert.Equal(["6"], await _database.QueryAsync("SELECT count(*) FROM trainyard.runs"));
        Assert.Equal(["2"], await _database.QueryAsync("SELECT count(*) FROM trainyard.migrations"));
    }

    private protected override IWarehouse Open() => Open(_database.Uri);

    protected override Task<IReadOnlyList<string>> QueryAsync(string sql) => _database.QueryAsync(sql);

    protected override Task ExecuteAsync(string sql) => _database.ExecuteAsync(sql);

    protected override void AssertNamesTheConstraint(string message) =>
        Assert.Equal(
            "trainyard.flights_predictions: duplicate key value violates unique constraint "
                + "\"flights_predictions_pkey\". The row is not repeated here: PostgreSQL's own log may have it. "
                + "Nothing was changed.",
            message
        );

    protected override async Task AssertNothingGoesOnAsync() =>
        Assert.Equal(
            ["0"],
            await _database.QueryAsync(
                $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{_database.Name}' AND "
                    + "application_name = 'trainyard'"
            )
        );

    private IWarehouse Open(string uri) =>
        Warehouse.Open(
            uri,
            new WarehouseOptions
            {
                Environment = new Dictionary<string, string> { ["PGPASSWORD"] = _database.Password },
            }
        );

    /// <summary>As another role.</summary>
    private async Task<PublishOutcome> PublishAsAsync(string uri, PublishedRun run, params string[] rows)
    {
        await using var warehouse = Open(uri);
        return await warehouse.PublishAsync(
            Request(Table, run, Columns(Table), Part(Monday, rows)),
            TestContext.Current.CancellationToken
        );
    }
}
