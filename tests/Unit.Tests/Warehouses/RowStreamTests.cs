using System.Diagnostics;
using System.Text;
using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

public sealed class RowStreamTests
{
    [Theory]
    [InlineData("true", "t")]
    [InlineData("false", "f")]
    [InlineData("NULL::boolean", "")]
    [InlineData("-7::smallint", "-7")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("170141183460469231731687303715884105727::hugeint", "170141183460469231731687303715884105727")]
    [InlineData("1.50", "1.50")]
    [InlineData("-0.003::decimal(30,10)", "-0.0030000000")]
    [InlineData("0.1::double", "0.1")]
    [InlineData("100::double", "100")]
    [InlineData("-0.0::double", "-0")]
    [InlineData("0.0001::double", "0.0001")]
    [InlineData("0.00001::double", "1e-05")]
    [InlineData("123456789012345::double", "123456789012345")]
    [InlineData("1234567890123456::double", "1.234567890123456e+15")]
    [InlineData("1e300::double", "1e+300")]
    [InlineData("-5e-324::double", "-5e-324")]
    [InlineData("'nan'::double", "NaN")]
    [InlineData("'-inf'::double", "-Infinity")]
    [InlineData("0.1::float", "0.1")]
    [InlineData("123456::float", "123456")]
    [InlineData("1234567::float", "1.234567e+06")]
    [InlineData("16777216::float", "1.6777216e+07")]
    [InlineData("'plain text'", "plain text")]
    [InlineData("''", "\"\"")]
    [InlineData("'a,b'", "\"a,b\"")]
    [InlineData("'say \"hi\"'", "\"say \"\"hi\"\"\"")]
    [InlineData("'two' || chr(10) || 'lines'", "\"two\nlines\"")]
    [InlineData("'größer als zwölf Zeichen'", "größer als zwölf Zeichen")]
    [InlineData("'b'::ENUM('a', 'b')", "b")]
    [InlineData("DATE '2013-01-02'", "2013-01-02")]
    [InlineData("DATE '0001-01-01'", "0001-01-01")]
    [InlineData("TIMESTAMP '2013-01-01 05:00:00'", "2013-01-01 05:00:00")]
    [InlineData("TIMESTAMP '1969-12-31 23:59:59.5'", "1969-12-31 23:59:59.5")]
    [InlineData("TIMESTAMP '2013-01-01' AT TIME ZONE 'America/New_York'", "2013-01-01 05:00:00+00")]
    [InlineData("TIMESTAMPTZ '2013-01-01 00:00:00.000001+00'", "2013-01-01 00:00:00.000001+00")]
    [InlineData("INTERVAL '0 days'", "00:00:00")]
    [InlineData("INTERVAL '14 months' - INTERVAL '3 days' + INTERVAL '90 seconds'", "1 year 2 mons -3 days +00:01:30")]
    [InlineData("INTERVAL '1 day' - INTERVAL '1 hour'", "1 day -01:00:00")]
    [InlineData("'6b0f9a1e-0000-4000-8000-000000000001'::uuid", "6b0f9a1e-0000-4000-8000-000000000001")]
    public async Task A_value_is_written_as_PostgreSQL_copies_it(string expression, string expected)
    {
        using var file = new DuckDbFile();
        Assert.Equal($"1,{expected}\n", await file.ReadAsync($"SELECT 1 AS id, {expression} AS x", "id"));
    }

    [Theory]
    [InlineData("'infinity'::timestamptz", "timestamptz")]
    [InlineData("DATE '12000-01-01'", "date")]
    public async Task A_moment_that_no_reader_knows_is_refused(string expression, string type)
    {
        using var file = new DuckDbFile();
        var fault = await file.RefusalAsync($"SELECT 1 AS id, {expression} AS x");
        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal(
            $"rows.sql: column 'x' holds a {type} that is infinite or in no year from 1 to 9999, which no "
                + "later step can read. Make it null in the query, or leave such rows out. Nothing was changed.",
            fault.Message
        );
    }

    [Fact]
    public async Task Rows_come_in_order_with_fields_and_nulls_in_their_places()
    {
        using var file = new DuckDbFile();
        await using var warehouse = Warehouse.Open(file.Uri);
        var query = new Query(
            "SELECT i AS id, CASE WHEN i % 3 = 0 THEN NULL ELSE 'v' || i END AS v FROM range(10000) AS t(i); ",
            "rows.sql"
        );
        var columns = await warehouse.DescribeAsync(query.Sql, query.File, TestContext.Current.CancellationToken);
        Assert.Equal([new Column("id", ColumnType.BigInt, true), new Column("v", ColumnType.Text, true)], columns);

        using var rows = await warehouse.OpenRowsAsync(
            new RowsRequest
            {
                Query = query,
                Columns = columns,
                OrderBy = ["id"],
            },
            TestContext.Current.CancellationToken
        );
        for (var i = 0; i < 10_000; i++)
        {
            Assert.True(rows.Read());
            var value = i % 3 == 0 ? "" : $"v{i}";
            Assert.Equal($"{i}", Encoding.UTF8.GetString(rows.Field(0)));
            Assert.Equal(value, Encoding.UTF8.GetString(rows.Field(1)));
            Assert.Equal($"{i},{value}\n", Encoding.UTF8.GetString(rows.Record));
        }

        Assert.False(rows.Read());
    }

    [Fact]
    public async Task A_sample_is_the_same_every_time_and_reaches_across_all_rows()
    {
        using var file = new DuckDbFile();
        const string Sql = "SELECT i AS id FROM range(100000) AS t(i)";
        var first = await file.ReadAsync(Sql, ["id"], sample: 50);
        var ids = first.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).ToList();
        Assert.Equal(50, ids.Count);
        Assert.Equal(ids.Order(), ids);
        Assert.InRange(ids[0], 0, 20_000);
        Assert.InRange(ids[^1], 80_000, 100_000);
        Assert.Equal(first, await file.ReadAsync(Sql, ["id"], sample: 50));
    }

    [Fact]
    public async Task Columns_with_hostile_names_are_columns()
    {
        using var file = new DuckDbFile();
        const string Sql = "SELECT 1 AS id, 2 AS \"a\"\"; DROP TABLE x; --\", 3 AS \"rows\"";
        Assert.Equal("1,2,3\n", await file.ReadAsync(Sql, "id"));

        await using var warehouse = Warehouse.Open(file.Uri);
        var columns = await warehouse.DescribeAsync(Sql, "rows.sql", TestContext.Current.CancellationToken);
        using var rows = await warehouse.OpenRowsAsync(
            new RowsRequest
            {
                Query = new Query(Sql, "rows.sql"),
                Columns = columns,
                OrderBy = ["rows"],
            },
            TestContext.Current.CancellationToken
        );
        Assert.Equal("id,\"a\"\"; DROP TABLE x; --\",rows\n", Encoding.UTF8.GetString(rows.Header.Span));
    }

    [Theory]
    [InlineData("VARCHAR COLLATE NOCASE", "'a', 'A', 'a', 'ä', 'A'", "A A a a ä")]
    [InlineData("VARCHAR COLLATE NOACCENT", "'a', 'ä', 'a', 'b', 'ä'", "a a b ä ä")]
    [InlineData("VARCHAR COLLATE DE", "'a', 'Z', 'a', 'b', 'Z'", "Z Z a a b")]
    [InlineData("VARCHAR", "'a', 'a' || chr(0), 'a'", "a a a\0")]
    public async Task Equal_rows_are_neighbours_whatever_the_collation(string type, string values, string expected)
    {
        using var file = new DuckDbFile($"CREATE TABLE t (id {type})");
        file.Execute($"INSERT INTO t SELECT unnest([{values}])");
        Assert.Equal(expected, (await file.ReadAsync("SELECT id FROM t", "id")).TrimEnd().Replace('\n', ' '));
    }

    [Fact]
    public async Task Instants_are_neighbours_that_are_equal_to_the_microsecond()
    {
        using var file = new DuckDbFile();
        var rows = await file.ReadAsync(
            """
            SELECT CAST(t AS TIMESTAMP_NS) AS id, x FROM (VALUES ('2024-01-01 00:00:00.000000001', 'b'),
                ('2024-01-01 00:00:00.000000002', 'a'), ('2024-01-01 00:00:00.000000003', 'b')) AS v(t, x)
            """,
            "id",
            "x"
        );
        Assert.Equal("2024-01-01 00:00:00,a\n2024-01-01 00:00:00,b\n2024-01-01 00:00:00,b\n", rows);
    }

    [Fact]
    public async Task A_query_that_fails_half_way_is_no_short_result()
    {
        using var file = new DuckDbFile(
            "CREATE TABLE t AS SELECT i AS id, CASE WHEN i = 90000 THEN 'abc' ELSE '1' END AS x FROM "
                + "range(100000) AS r(i)"
        );
        var fault = await file.RefusalAsync("SELECT id,\n    CAST(x AS integer) AS x\nFROM t");
        Assert.Equal(ExitCode.BadData, fault.Code);
        Assert.Equal(
            "rows.sql:2: Conversion Error: Could not convert string 'abc' to INT32 when casting from source "
                + "column x. Nothing was changed.",
            fault.Message
        );
    }

    [Fact]
    public async Task A_query_is_interrupted_within_a_second()
    {
        using var file = new DuckDbFile();
        await using var warehouse = Warehouse.Open(file.Uri);
        var query = new Query(
            "SELECT count(*) AS id FROM range(100000000) AS a, range(100000000) AS b WHERE a.range * b.range % 7 = 3",
            "rows.sql"
        );
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        var watch = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
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
        });
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.2, 3);
    }
}
