using System.Diagnostics;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

/// <summary>What becomes of a query on a real PostgreSQL server: refused, cancelled, warned of.</summary>
public sealed class PostgresQueryTests : PostgresReading
{
    [Theory]
    [InlineData(
        "SELECT 1 AS id,\n    foo\nFROM (SELECT 1 AS bar) AS t",
        ExitCode.BadConfiguration,
        "rows.sql:2: column \"foo\" does not exist. Nothing was changed."
    )]
    [InlineData(
        "-- é😀\nSELECT *\nFROM flihgts",
        ExitCode.BadConfiguration,
        "rows.sql:3: relation \"flihgts\" does not exist. Nothing was changed."
    )]
    [InlineData(
        "SELECT 1 AS id;\nDROP TABLE flights",
        ExitCode.BadConfiguration,
        "rows.sql:1: syntax error at or near \";\". Nothing was changed."
    )]
    [InlineData(
        "SELECT 1 AS id, 2 AS x, 3 AS X",
        ExitCode.BadConfiguration,
        "rows.sql: the column 'x' is there 2 times. Rename one of them with AS. Nothing was changed."
    )]
    [InlineData(
        "SELECT i AS id, 10 / (90000 - i) AS x FROM generate_series(1, 100000) AS i",
        ExitCode.BadData,
        "rows.sql: division by zero. Nothing was changed."
    )]
    [InlineData(
        "SELECT 1 AS id, pg_sleep(60)::text AS x",
        ExitCode.TemporaryFailure,
        "rows.sql: canceling statement due to statement timeout. It is the statement timeout, or somebody "
            + "cancelled it: give it more time (--statement-timeout), or write the index that it lacks. Nothing was "
            + "changed; try again."
    )]
    [InlineData(
        "SELECT nextval('numbers') AS id",
        ExitCode.BadConfiguration,
        "rows.sql: cannot execute nextval() in a read-only transaction. A query may only read, and "
            + "predictions need a server that can be written: target_session_attrs=read-write finds it among "
            + "several hosts. Nothing was changed."
    )]
    public async Task A_query_that_cannot_be_says_why_and_where(string sql, ExitCode code, string message)
    {
        await Database.ExecuteAsync("CREATE SEQUENCE numbers");
        var fault = await RefusalAsync(sql);
        Assert.Equal((code, message), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task A_query_that_would_take_days_is_cancelled_in_the_server()
    {
        await using var warehouse = Open();
        var query = new Query(
            "SELECT count(*) AS id FROM generate_series(1, 100000000) AS a, generate_series(1, 100000000) AS b",
            "rows.sql"
        );
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Task.Run(
                async () =>
                {
                    using var rows = await warehouse.OpenRowsAsync(
                        new RowsRequest
                        {
                            Query = query,
                            Columns = [new Column("id", ColumnType.BigInt, true)],
                            OrderBy = ["id"],
                        },
                        stop.Token
                    );
                    rows.Read();
                },
                Cancel
            )
        );
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.3, 60);
        Assert.Equal(
            ["0"],
            await Database.QueryAsync(
                "SELECT count(*) FROM pg_stat_activity "
                    + "WHERE state = 'active' AND query LIKE 'COPY%' AND datname = current_database()"
            )
        );
    }

    [Fact]
    public async Task Rows_that_nobody_wants_any_more_are_not_read_to_their_end()
    {
        await Database.ExecuteAsync(
            "CREATE TABLE big AS SELECT i AS id FROM generate_series(1, 1000000) AS i; ALTER TABLE big ADD "
                + "PRIMARY KEY (id); ANALYZE big"
        );
        await using var warehouse = Open();
        var query = new Query("SELECT id, repeat('x', 10000) AS x FROM big", "rows.sql");
        var watch = Stopwatch.StartNew();
        using (
            var rows = await warehouse.OpenRowsAsync(
                new RowsRequest
                {
                    Query = query,
                    Columns = [new Column("id", ColumnType.Integer, true), new Column("x", ColumnType.Text, true)],
                    OrderBy = ["id"],
                },
                Cancel
            )
        )
        {
            Assert.True(rows.Read());
        }

        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
    }

    [Fact]
    public async Task A_table_without_keys_and_a_scan_for_want_of_an_index_are_warned_of_with_the_DDL()
    {
        await Database.ExecuteAsync(
            """
            CREATE SCHEMA "My Schema";
            CREATE TABLE "My Schema"."Big Table" AS
            SELECT i AS id, '2013-01-01'::timestamptz + i * interval '1 minute' AS at
            FROM generate_series(1, 200000) AS i;
            CREATE TABLE small (id integer PRIMARY KEY);
            ANALYZE;
            """
        );
        var warnings = new List<string>();
        await ReadAsync(
            "SELECT b.id FROM \"My Schema\".\"Big Table\" AS b LEFT JOIN small USING (id) WHERE b.at > "
                + "'2013-05-01' AND b.at <= '2013-05-02'",
            "id",
            warnings: warnings
        );
        Assert.Equal(2, warnings.Count);
        Assert.Equal(
            "rows.sql: the table \"My Schema\".\"Big Table\" has no primary key, so nothing keeps a row from "
                + "being there twice. Write: ALTER TABLE \"My Schema\".\"Big Table\" ADD PRIMARY KEY (…).",
            warnings[0]
        );
        Assert.Matches(
            "^rows\\.sql: all 200,000 rows of \"My Schema\"\\.\"Big Table\" are read to find about [0-9,]+\\. "
                + "Write: CREATE INDEX ON \"My Schema\"\\.\"Big Table\" \\(at\\)\\.$",
            warnings[1]
        );

        await Database.ExecuteAsync(
            "ALTER TABLE \"My Schema\".\"Big Table\" ADD PRIMARY KEY (id); CREATE INDEX ON \"My "
                + "Schema\".\"Big Table\" (at)"
        );
        warnings.Clear();
        await ReadAsync(
            "SELECT id FROM \"My Schema\".\"Big Table\" WHERE at > '2013-05-01' AND at <= '2013-05-02'",
            "id",
            warnings: warnings
        );
        Assert.Empty(warnings);
    }

    [Fact]
    public async Task A_query_for_people_returns_text()
    {
        await using var warehouse = Open();
        var table = await warehouse.QueryAsync(
            new Query("SELECT 1 AS id, 'a \"b\", c' AS x, NULL::text AS n, '' AS e, ARRAY[1] AS l;", "t"),
            Cancel
        );
        Assert.Equal(["id", "x", "n", "e", "l"], table.Columns);
        Assert.Equal(["1", "a \"b\", c", "", "", "{1}"], Assert.Single(table.Rows));
    }
}
