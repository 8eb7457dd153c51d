using System.Diagnostics;
using System.Globalization;
using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;
using Trainyard.Tests.Servers;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

/// <summary>Reading from a real PostgreSQL server.</summary>
public sealed class PostgresReadTests : IAsyncLifetime
{
    private TestDatabase _database = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

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
    public async Task Every_type_of_a_modelling_table_comes_through_exactly()
    {
        // Neither the role nor the database decides how values are written.
        await _database.ExecuteAsync(
            $"""
            ALTER DATABASE {_database.Name} SET TimeZone = 'Asia/Kathmandu';
            ALTER DATABASE {_database.Name} SET DateStyle = 'German, DMY';
            ALTER DATABASE {_database.Name} SET IntervalStyle = 'iso_8601';
            ALTER DATABASE {_database.Name} SET extra_float_digits = -5;
            ALTER DATABASE {_database.Name} SET search_path = nowhere;
            """
        );
        await _database.ExecuteAsync(
            """
            SET search_path = public;
            CREATE TYPE mood AS ENUM ('so so', 'it''s "good"');
            CREATE DOMAIN share AS numeric(5, 4) CHECK (value BETWEEN 0 AND 1);
            CREATE DOMAIN half AS share CHECK (value <= 0.5);
            CREATE TABLE t (id integer, i2 smallint, i8 bigint, n numeric, f4 real, f8 double precision, x text,
                v varchar(20), c char(4), b boolean, d date, ts timestamp, tz timestamptz, iv interval, u uuid, m mood,
                h half);
            INSERT INTO t VALUES
                (1, -32768, -9223372036854775808, 123456789012345678901234567890.123456789, 0.1, 0.1,
                 E'a "quoted", text,\nwith a line and \\.', 'naïve', 'ab', true,
                 '0001-01-01', '9999-12-31 23:59:59.999999', '2013-03-10 06:59:59.5+00',
                 '1 year -2 mons 3 days -04:05:06.7', '6b0f9a1e-0000-4000-8000-000000000001', 'it''s "good"', 0.25),
                (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
                (3, 32767, 9223372036854775807, 'NaN', 'NaN', 'Infinity', '', E'\r', '', false,
                 '2024-02-29', '2013-03-10 02:30:00', '1900-01-01 00:00:00+00', '0',
                 '00000000-0000-0000-0000-000000000000', 'so so', 0),
                (4, 0, 0, -0.000, 1e-5, -5e-324, ' ', E'\t', 'x', NULL, NULL, NULL, NULL, '-1 day', NULL, NULL, 0.5),
                (5, 1, 1, 1e20, 3.4028235e38, 1.7976931348623157e308, 'NULL', '\N', '''', NULL, NULL, NULL, NULL,
                 '100000:00:00', NULL, NULL, 0.5)
            """
        );

        var rows = await ReadAsync("SELECT * FROM t", "id");

        Assert.Equal(
            // A line that ends with a backslash goes on.
            """"
            1,-32768,-9223372036854775808,123456789012345678901234567890.123456789,0.1,0.1,"a ""quoted"", text,
            with a line and \.",naïve,ab  ,t,\
            0001-01-01,9999-12-31 23:59:59.999999,2013-03-10 06:59:59.5+00,\
            10 mons 3 days -04:05:06.7,6b0f9a1e-0000-4000-8000-000000000001,"it's ""good""",0.2500
            2,,,,,,,,,,,,,,,,
            3,32767,9223372036854775807,NaN,NaN,Infinity,"","@",    ,f,\
            2024-02-29,2013-03-10 02:30:00,1900-01-01 00:00:00+00,\
            00:00:00,00000000-0000-0000-0000-000000000000,so so,0.0000
            4,0,0,0.000,1e-05,-5e-324, ,	,x   ,,,,,-1 days,,,0.5000
            5,1,1,100000000000000000000,3.4028235e+38,1.7976931348623157e+308,NULL,\N,'   ,,,,,100000:00:00,,,0.5000

            """".Replace("\\\n", "", StringComparison.Ordinal).Replace('@', '\r'),
            rows
        );
    }

    [Fact]
    public async Task What_is_read_is_what_the_datasets_reader_reads()
    {
        const string Sql =
            "SELECT i AS id, i / 7.0::float8 AS f8, (i / 7.0)::real AS f4, i * 1.10 AS n, "
            + "'2013-01-01'::timestamptz + i * interval '1.000001 s' AS tz, 'x' || i AS x, i % 2 = 0 AS b FROM "
            + "generate_series(1, 2000) AS i";
        await using var warehouse = Open();
        var columns = await warehouse.DescribeAsync(Sql, "rows.sql", Cancel);
        var text = Encoding.UTF8.GetString(Header(columns)) + await ReadAsync(Sql, "id");
        using var reader = DatasetReader.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), "part", columns);
        foreach (
            var row in await _database.QueryAsync(
                $"SELECT id, f8, f4, n, extract(epoch FROM tz) * 1000000, x, b FROM ({Sql}) AS rows ORDER BY id"
            )
        )
        {
            Assert.True(reader.Read());
            var values = row.Split('|');
            Assert.Equal(long.Parse(values[0], CultureInfo.InvariantCulture), reader.Integer(0));
            Assert.Equal(double.Parse(values[1], CultureInfo.InvariantCulture), reader.Number(1));
            Assert.Equal(float.Parse(values[2], CultureInfo.InvariantCulture), (float)reader.Number(2));
            Assert.Equal(double.Parse(values[3], CultureInfo.InvariantCulture), reader.Number(3));
            Assert.Equal(
                decimal.Parse(values[4], CultureInfo.InvariantCulture),
                (reader.Instant(4)!.Value - DateTimeOffset.UnixEpoch).Ticks / 10m
            );
            Assert.Equal(values[5], reader.Text(5));
            Assert.Equal(values[6] == "t" ? 1 : 0, reader.Number(6));
        }

        Assert.False(reader.Read());
    }

    [Theory]
    [InlineData("'infinity'::timestamptz", "timestamptz")]
    [InlineData("'-infinity'::date", "date")]
    [InlineData("'0044-03-15 BC'::date", "date")]
    [InlineData("'0044-03-15 12:00 BC'::timestamp", "timestamp")]
    [InlineData("'10000-01-01'::timestamptz", "timestamptz")]
    public async Task A_moment_that_no_reader_knows_is_refused(string expression, string type)
    {
        var fault = await RefusalAsync($"SELECT 1 AS id, {expression} AS x");
        Assert.Equal(
            (
                ExitCode.BadData,
                $"rows.sql: column 'x' holds a {type} that is infinite or in no year from 1 to 9999, which no "
                    + "later step can read. Make it null in the query, or leave such rows out. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public async Task Types_that_a_dataset_cannot_carry_are_refused_all_at_once_with_the_cast_that_mends_them()
    {
        const string Sql =
            "SELECT 1 AS id, ARRAY[1] AS tags, '{}'::json AS j, '{}'::jsonb AS \"J\", 'a'::bytea AS raw, "
            + "'10:00'::time AS t, 1::money AS paid, '1.1.1.1'::inet AS ip, 1::oid AS o";
        var fault = await RefusalAsync(Sql);
        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                "rows.sql: a dataset cannot carry every column. 'tags' is a integer[]: select "
                    + "array_to_string(\"tags\", ' ') instead; 'j' is a json: select CAST(\"j\" AS text) instead; "
                    + "'J' is a jsonb: select CAST(\"J\" AS text) instead; 'raw' is a bytea: select encode(\"raw\", "
                    + "'hex') instead; 't' is a time without time zone: select extract(epoch FROM \"t\") instead; "
                    + "'paid' is a money: select CAST(\"paid\" AS numeric) instead; 'ip' is a inet: select "
                    + "CAST(\"ip\" AS text) instead; 'o' is a oid: select CAST(\"o\" AS bigint) instead. Nothing "
                    + "was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

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
        await _database.ExecuteAsync("CREATE SEQUENCE numbers");
        var fault = await RefusalAsync(sql);
        Assert.Equal((code, message), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task A_sample_is_the_same_every_time_and_the_same_as_DuckDB_s()
    {
        using var file = new DuckDbFile();
        var first = await ReadAsync("SELECT i AS id FROM generate_series(1, 100000) AS i", "id", sample: 50);
        Assert.Equal(50, first.Count(character => character == '\n'));
        Assert.Equal(
            await file.ReadAsync("SELECT i AS id FROM generate_series(1, 100000) AS t(i)", ["id"], sample: 50),
            first
        );
    }

    [Fact]
    public async Task Text_is_ordered_by_its_bytes() =>
        Assert.Equal(
            "A\nB\na\nb\nä\n",
            await ReadAsync("SELECT * FROM (VALUES ('b'), ('B'), ('a'), ('ä'), ('A')) AS t(id)", "id")
        );

    [Fact]
    public async Task Equal_rows_are_neighbours_whatever_a_collation_or_a_type_takes_for_equal()
    {
        await _database.ExecuteAsync(
            "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
        );
        const string Values = "FROM (VALUES ('a'), ('A'), ('a'), ('A'), ('a '), ('a'), ('a ')) AS t(id)";

        Assert.Equal(
            "A\nA\na\na\na\na \na \n",
            await ReadAsync($"SELECT CAST(id AS text) COLLATE nocase AS id {Values}", "id")
        );
        Assert.Equal("A\nA\na\na\na\na \na \n", await ReadAsync($"SELECT CAST(id AS bpchar) AS id {Values}", "id"));
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
            await _database.QueryAsync(
                "SELECT count(*) FROM pg_stat_activity "
                    + "WHERE state = 'active' AND query LIKE 'COPY%' AND datname = current_database()"
            )
        );
    }

    [Fact]
    public async Task Rows_that_nobody_wants_any_more_are_not_read_to_their_end()
    {
        await _database.ExecuteAsync(
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
        await _database.ExecuteAsync(
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

        await _database.ExecuteAsync(
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

    private static byte[] Header(IEnumerable<Column> columns) =>
        Encoding.UTF8.GetBytes(string.Join(',', columns.Select(column => column.Name)) + "\n");

    private IWarehouse Open(List<string>? warnings = null) =>
        Warehouse.Open(
            _database.Uri,
            new WarehouseOptions
            {
                Environment = new Dictionary<string, string> { ["PGPASSWORD"] = _database.Password },
                StatementTimeout = TimeSpan.FromSeconds(5),
                Warn = sentence => warnings?.Add(sentence),
            }
        );

    private async Task<string> ReadAsync(string sql, string orderBy, int? sample = null, List<string>? warnings = null)
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

    private async Task<Fault> RefusalAsync(string sql) => await Assert.ThrowsAsync<Fault>(() => ReadAsync(sql, "id"));
}
