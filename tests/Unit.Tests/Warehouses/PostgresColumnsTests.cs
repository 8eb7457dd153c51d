using Trainyard.Pipelines;
using Trainyard.Tests.Servers;
using Trainyard.Warehouses;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

/// <summary>A table of 1.0 on PostgreSQL under what this version publishes, and the tables beside it.</summary>
public sealed class PostgresColumnsTests : IAsyncLifetime
{
    private const string OldRow =
        $"INSERT INTO trainyard.flights_predictions ({FirstReleaseColumns}) VALUES ('flights', 1, "
        + "'2026-03-01 00:00+00', '2026-03-01 01:00+00', 'score.0', 'train.1', false, 0.75, true)";

    private static readonly PredictionsTable Table = new("flights_predictions", "flights", ModelTask.Binary, Flight);
    private bool _isForReaders = true;
    private readonly string _analyst = $"analyst_{Guid.NewGuid():N}";
    private TestDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.UseAsync()).CreateDatabaseAsync();
        await _database.ExecuteAsync($"CREATE ROLE {_analyst}");
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.ExecuteAsync($"DROP OWNED BY {_analyst} CASCADE; DROP ROLE {_analyst}");
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_table_of_1_0_gets_the_column_under_the_views_and_rights_that_a_team_has()
    {
        await MakeFirstReleaseAsync();
        await _database.ExecuteAsync(
            $"""
            CREATE VIEW late AS SELECT flight_id, label FROM trainyard.flights_predictions_newest WHERE label;
            CREATE VIEW all_rows AS SELECT * FROM trainyard.flights_predictions;
            GRANT USAGE ON SCHEMA trainyard TO {_analyst};
            GRANT SELECT ON trainyard.flights_predictions, trainyard.flights_predictions_current, late TO {_analyst}
            """
        );

        await PublishAsync("score.1", "2,0.25,f,f");
        await PublishAsync("score.2", "3,0.9,t,f");

        // 1.0 goes on publishing, and so does a version that no longer knows the former name.
        await _database.ExecuteAsync(OldRow.Replace("1, '", "4, '", StringComparison.Ordinal));
        await _database.ExecuteAsync(
            OldRow
                .Replace("1, '", "5, '", StringComparison.Ordinal)
                .Replace("label", "predicted", StringComparison.Ordinal)
        );
        Assert.Equal(
            ["1|t|", "2|f|f", "3|t|t", "4|t|", "5||t"],
            await _database.QueryAsync(
                "SELECT flight_id, label, predicted FROM trainyard.flights_predictions ORDER BY flight_id"
            )
        );
        foreach (var view in new[] { "current", "newest" })
        {
            Assert.Equal(
                ["1|t|t", "2|f|f", "3|t|t", "4|t|t", "5||t"],
                await _database.QueryAsync(
                    $"SELECT flight_id, label, predicted FROM trainyard.flights_predictions_{view} ORDER BY flight_id"
                )
            );
            Assert.Equal(
                [$"{FirstReleaseColumns}, predicted"],
                await _database.QueryAsync(
                    "SELECT string_agg(column_name, ', ' ORDER BY ordinal_position) FROM information_schema.columns "
                        + $"WHERE table_name = 'flights_predictions_{view}'"
                )
            );
        }

        Assert.Equal(["1", "3", "4"], await _database.QueryAsync("SELECT flight_id FROM late ORDER BY 1"));
        Assert.Equal(["5"], await _database.QueryAsync("SELECT count(*) FROM all_rows"));
        foreach (var name in new[] { "trainyard.flights_predictions", "trainyard.flights_predictions_current", "late" })
        {
            Assert.Equal(["5"], await CountAsAnalystAsync(name == "late" ? "trainyard.flights_predictions" : name));
            Assert.Equal(
                ["t"],
                await _database.QueryAsync($"SELECT has_table_privilege('{_analyst}', '{name}', 'SELECT')")
            );
        }
    }

    [Theory]
    [InlineData("flights_predictions")]
    [InlineData("flights_predictions_newest")]
    public async Task A_reader_who_holds_on_is_75_after_seconds_and_names_what_to_look_for(string name)
    {
        await MakeFirstReleaseAsync();
        await using var reader = await _database.ConnectAsync();
        await using var transaction = await reader.BeginTransactionAsync(Cancel);
        await using (var command = reader.CreateCommand())
        {
            command.CommandText = $"SELECT count(*) FROM trainyard.{name}";
            await command.ExecuteScalarAsync(Cancel);
        }

        var fault = await Assert.ThrowsAsync<Fault>(() => PublishAsync("score.1", "2,0.25,f,f"));
        const string Query =
            "SELECT pid, usename, state, xact_start, query FROM pg_stat_activity WHERE pid IN (SELECT pid FROM "
            + "pg_locks WHERE granted AND relation IN ('trainyard.\"flights_predictions\"'::regclass, "
            + "'trainyard.\"flights_predictions_current\"'::regclass, "
            + "'trainyard.\"flights_predictions_newest\"'::regclass))";
        Assert.Equal(
            (
                ExitCode.TemporaryFailure,
                "The table trainyard.flights_predictions or a view of it is to get columns that this version "
                    + "publishes, and for 5 seconds another session did not let go of it. "
                    + $"{Query} shows which. Nothing was changed; try again when that has ended."
            ),
            (fault.Code, fault.Message)
        );
        Assert.Contains(
            await _database.QueryAsync(Query),
            row => row.StartsWith($"{reader.ProcessID}|", StringComparison.Ordinal)
        );
        Assert.Equal(["score.0"], await _database.QueryAsync("SELECT run FROM trainyard.runs"));

        await transaction.CommitAsync(Cancel);
        await PublishAsync("score.1", "2,0.25,f,f");

        // Once the columns are there, a reader keeps nobody waiting.
        await using var again = await reader.BeginTransactionAsync(Cancel);
        await using (var command = reader.CreateCommand())
        {
            command.CommandText = $"SELECT count(*) FROM trainyard.{name}";
            await command.ExecuteScalarAsync(Cancel);
        }

        await PublishAsync("score.2", "3,0.25,f,f");
    }

    [Fact]
    public async Task A_view_that_a_team_has_made_its_own_stays_so()
    {
        await MakeFirstReleaseAsync();
        await _database.ExecuteAsync(
            "DROP VIEW trainyard.flights_predictions_newest; CREATE VIEW trainyard.flights_predictions_newest AS "
                + "SELECT flight_id, 1 AS mine FROM trainyard.flights_predictions"
        );
        await PublishAsync("score.1", "2,0.25,f,f");
        Assert.Equal(
            ["1|1", "2|1"],
            await _database.QueryAsync("SELECT * FROM trainyard.flights_predictions_newest ORDER BY 1")
        );
    }

    [Fact]
    public async Task A_side_table_is_published_exactly_once_and_read_by_whoever_reads_the_predictions()
    {
        await PublishAsync("score.1", "1,0.9,t,f");
        await _database.ExecuteAsync(
            $"""
            GRANT USAGE ON SCHEMA trainyard TO {_analyst};
            GRANT SELECT ON trainyard.flights_predictions, trainyard.flights_predictions_current TO {_analyst}
            """
        );
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(_ => PublishAsync("score.2", "1,0.8,t,f", "1,1,distance,100,0.5", "1,2,carrier,,-0.25"))
        );
        Assert.Equal(
            [
                "flights|1|2026-03-02 00:00:00+00|score.2|1|distance|100|0.5",
                "flights|1|2026-03-02 00:00:00+00|score.2|2|carrier||-0.25",
            ],
            await _database.QueryAsync("SELECT * FROM trainyard.flights_predictions_reasons ORDER BY rank")
        );
        Assert.Equal(["2"], await CountAsAnalystAsync("trainyard.flights_predictions_reasons_current"));
        Assert.Equal(["2"], await CountAsAnalystAsync("trainyard.flights_predictions_reasons"));

        await PublishAsync("score.2", "1,0.8,t,f", "1,1,origin,EWR,0.5");
        Assert.Equal(
            ["origin"],
            await _database.QueryAsync("SELECT feature FROM trainyard.flights_predictions_reasons_current")
        );

        // The run is kept for as long as a side table has rows of it.
        await _database.ExecuteAsync(
            "DELETE FROM trainyard.flights_predictions WHERE run = 'score.2'; "
                + "DELETE FROM trainyard.run_steps WHERE run = 'score.2'"
        );
        var kept = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
            _database.ExecuteAsync("DELETE FROM trainyard.runs WHERE run = 'score.2'")
        );
        Assert.Contains("trainyard.flights_predictions_reasons", kept.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_side_table_that_tells_more_than_the_predictions_is_read_by_nobody_else()
    {
        await PublishAsync("score.1", "1,0.9,t,f");
        await _database.ExecuteAsync(
            $"""
            GRANT USAGE ON SCHEMA trainyard TO {_analyst};
            GRANT SELECT ON trainyard.flights_predictions, trainyard.flights_predictions_current TO {_analyst}
            """
        );
        _isForReaders = false;
        await PublishAsync("score.2", "1,0.8,t,f", "1,1,distance,100,0.5");
        foreach (var relation in new[] { "flights_predictions_reasons", "flights_predictions_reasons_current" })
        {
            var denied = await Assert.ThrowsAsync<Npgsql.PostgresException>(() =>
                CountAsAnalystAsync($"trainyard.{relation}")
            );
            Assert.Equal("42501", denied.SqlState);
        }

        await _database.ExecuteAsync($"GRANT SELECT ON trainyard.flights_predictions_reasons TO {_analyst}");
        await PublishAsync("score.2", "1,0.8,t,f", "1,1,origin,EWR,0.5");
        Assert.Equal(["1"], await CountAsAnalystAsync("trainyard.flights_predictions_reasons"));
    }

    [Fact]
    public async Task What_breaks_off_in_a_side_table_leaves_the_predictions_as_they_were()
    {
        await PublishAsync("score.1", "1,0.9,t,f", "1,1,distance,100,0.5");
        var fault = await Assert.ThrowsAsync<Fault>(() =>
            PublishAsync("score.1", "1,0.1,f,f", "1,1,distance,100,0.5", "1,1,carrier,UA,0.5")
        );
        Assert.Equal(ExitCode.BadData, fault.Code);
        await Assert.ThrowsAsync<Fault>(() => PublishAsync("score.1", "1,0.1,f,f", "1,x,distance,100,0.5"));
        Assert.Equal(
            ["0.9|distance"],
            await _database.QueryAsync(
                "SELECT probability, feature FROM trainyard.flights_predictions JOIN "
                    + "trainyard.flights_predictions_reasons USING (run, flight_id, cutoff)"
            )
        );
    }

    [Fact]
    public async Task One_key_is_found_by_the_primary_key_in_a_side_table_and_its_view()
    {
        var rows = Enumerable.Range(0, 20_000).ToList();
        await PublishAsync(
            "score.1",
            [.. rows.Select(i => $"{i},0.5,f,f")],
            [.. rows.Select(i => $"{i},1,distance,100,0.5")]
        );
        await _database.ExecuteAsync("ANALYZE trainyard.flights_predictions, trainyard.flights_predictions_reasons");
        foreach (var name in new[] { "flights_predictions_reasons", "flights_predictions_reasons_current" })
        {
            var plan = string.Join(
                '\n',
                await _database.QueryAsync($"EXPLAIN SELECT * FROM trainyard.{name} WHERE flight_id = 77")
            );
            Assert.Contains("flights_predictions_reasons_pkey", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("Seq Scan on flights_predictions", plan, StringComparison.Ordinal);
        }
    }

    /// <summary>The table and views as 1.0 makes them, with a row of a run that it published.</summary>
    private async Task MakeFirstReleaseAsync()
    {
        await PublishAsync("score.0", []);
        await _database.ExecuteAsync(
            string.Join(
                ";\n",
                [
                    .. FirstReleaseTable("PRIMARY KEY (flight_id, cutoff, run)"),
                    "CREATE INDEX ON trainyard.flights_predictions USING brin (run) WITH (autosummarize = on)",
                    OldRow,
                ]
            )
        );
    }

    private async Task<IReadOnlyList<string>> CountAsAnalystAsync(string name)
    {
        await using var connection = await _database.ConnectAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"SET ROLE {_analyst}; SELECT CAST(count(*) AS text) FROM {name}";
        return [(string)(await command.ExecuteScalarAsync(Cancel))!];
    }

    private Task<PublishOutcome> PublishAsync(string run, string row, params string[] reasons) =>
        PublishAsync(run, [row], reasons);

    private async Task<PublishOutcome> PublishAsync(string run, string[] rows, params string[] reasons)
    {
        await using var warehouse = Warehouse.Open(
            _database.Uri,
            new WarehouseOptions
            {
                Environment = new Dictionary<string, string> { ["PGPASSWORD"] = _database.Password },
            }
        );
        return await warehouse.PublishAsync(
            Request(Table, Run(run), Columns(Table), Part(Monday, rows)) with
            {
                Sides =
                    reasons.Length == 0
                        ? []
                        : [Side(Reasons(Table) with { IsForReadersOfPredictions = _isForReaders }, reasons)],
            },
            Cancel
        );
    }
}
