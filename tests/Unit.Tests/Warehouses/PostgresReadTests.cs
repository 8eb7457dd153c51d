using System.Globalization;
using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Warehouses;

/// <summary>What is read from a real PostgreSQL server: values, types, the order of rows.</summary>
public sealed class PostgresReadTests : PostgresReading
{
    [Fact]
    public async Task Every_type_of_a_modelling_table_comes_through_exactly()
    {
        // Neither the role nor the database decides how values are written.
        await Database.ExecuteAsync(
            $"""
            ALTER DATABASE {Database.Name} SET TimeZone = 'Asia/Kathmandu';
            ALTER DATABASE {Database.Name} SET DateStyle = 'German, DMY';
            ALTER DATABASE {Database.Name} SET IntervalStyle = 'iso_8601';
            ALTER DATABASE {Database.Name} SET extra_float_digits = -5;
            ALTER DATABASE {Database.Name} SET search_path = nowhere;
            """
        );
        await Database.ExecuteAsync(
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
            var row in await Database.QueryAsync(
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
        await Database.ExecuteAsync(
            "CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false)"
        );
        const string Values = "FROM (VALUES ('a'), ('A'), ('a'), ('A'), ('a '), ('a'), ('a ')) AS t(id)";

        Assert.Equal(
            "A\nA\na\na\na\na \na \n",
            await ReadAsync($"SELECT CAST(id AS text) COLLATE nocase AS id {Values}", "id")
        );
        Assert.Equal("A\nA\na\na\na\na \na \n", await ReadAsync($"SELECT CAST(id AS bpchar) AS id {Values}", "id"));
    }

    private static byte[] Header(IEnumerable<Column> columns) =>
        Encoding.UTF8.GetBytes(string.Join(',', columns.Select(column => column.Name)) + "\n");
}
