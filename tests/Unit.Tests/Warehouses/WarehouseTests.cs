using Trainyard.Pipelines;
using Trainyard.Warehouses;

namespace Trainyard.Tests.Warehouses;

public sealed class WarehouseTests
{
    [Theory]
    [InlineData(
        "warehouse.duckdb",
        ExitCode.Usage,
        "--warehouse names no database: expected postgresql://user@host/database or duckdb:FILE, a file of "
            + "this machine such as duckdb:warehouse.duckdb."
    )]
    [InlineData(
        "duckdb:",
        ExitCode.Usage,
        "--warehouse names no database: expected postgresql://user@host/database or duckdb:FILE, a file of "
            + "this machine such as duckdb:warehouse.duckdb."
    )]
    [InlineData(
        "duckdb:postgresql://ada:secret@db/flights",
        ExitCode.Usage,
        "--warehouse names no database: expected postgresql://user@host/database or duckdb:FILE, a file of "
            + "this machine such as duckdb:warehouse.duckdb."
    )]
    public void What_names_no_database_is_64(string uri, ExitCode code, string message)
    {
        var fault = Assert.Throws<Fault>(() => Warehouse.Open(uri));
        Assert.Equal((code, message), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_66_and_is_not_made()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var warehouse = Warehouse.Open($"duckdb:{file}");
        var fault = await Assert.ThrowsAsync<Fault>(() =>
            warehouse.DescribeAsync("SELECT 1", "rows.sql", TestContext.Current.CancellationToken)
        );
        Assert.Equal(ExitCode.MissingInput, fault.Code);
        Assert.Equal($"The warehouse duckdb:{file} is not there: no file {file}. Nothing was changed.", fault.Message);
        Assert.False(File.Exists(file));
    }

    [Fact]
    public async Task A_folder_in_place_of_a_DuckDB_file_is_78_and_not_missing()
    {
        var folder = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        await using var warehouse = Warehouse.Open($"duckdb:{folder}");

        var fault = await Assert.ThrowsAsync<Fault>(() =>
            warehouse.MigrateAsync(null, TestContext.Current.CancellationToken)
        );

        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                $"The warehouse duckdb:{folder} cannot be opened: {folder} is a folder: name a file. "
                    + "Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public async Task An_empty_file_is_an_empty_database()
    {
        using var file = new DuckDbFile();
        await File.WriteAllTextAsync(file.File, "", TestContext.Current.CancellationToken);
        await using var warehouse = Warehouse.Open(file.Uri);
        var columns = await warehouse.DescribeAsync(
            "SELECT 1 AS id",
            "rows.sql",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["id"], columns.Select(column => column.Name));
        Assert.Equal(0, new FileInfo(file.File).Length);

        file.Execute("CREATE TABLE flights AS SELECT 7 AS id");
        await using var written = Warehouse.Open(file.Uri);
        columns = await written.DescribeAsync(
            "SELECT * FROM flights",
            "rows.sql",
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["id"], columns.Select(column => column.Name));
    }

    [Fact]
    public async Task A_file_of_something_else_is_65()
    {
        using var file = new DuckDbFile();
        await File.WriteAllTextAsync(
            file.File,
            "id,x\n1,2\n" + new string('x', 10_000),
            TestContext.Current.CancellationToken
        );
        await using var warehouse = Warehouse.Open(file.Uri);
        var fault = await Assert.ThrowsAsync<Fault>(() =>
            warehouse.DescribeAsync("SELECT 1", "rows.sql", TestContext.Current.CancellationToken)
        );
        Assert.Equal(
            (ExitCode.BadData, $"{file.Uri} is not a DuckDB file. Nothing was changed."),
            (fault.Code, fault.Message)
        );
    }

    [Theory]
    [InlineData(
        "SELECT 1 AS id,\n    foo\nFROM (SELECT 1 AS bar) AS t",
        "rows.sql:2: Binder Error: Referenced column \"foo\" not found in FROM clause! Candidate bindings: "
            + "\"bar\". Nothing was changed."
    )]
    [InlineData(
        "-- all flights\nSELECT *\nFROM flihgts",
        "rows.sql:3: Catalog Error: Table with name flihgts does not exist! Did you mean \"flights\"? Nothing "
            + "was changed."
    )]
    [InlineData(
        "SELECT 1 AS id;\nDROP TABLE flights",
        "rows.sql:1: Parser Error: syntax error at or near \";\". Nothing was changed."
    )]
    [InlineData(
        "SELECT $1 AS id",
        "rows.sql: the query has a parameter such as ? or $1, which nothing fills: write the value, or {{ "
            + "from }} and {{ to }} for the window. Nothing was changed."
    )]
    [InlineData(
        "SELECT 1 AS id, 2 AS x, 3 AS X",
        "rows.sql: the column 'x' is there 2 times. Rename one of them with AS. Nothing was changed."
    )]
    [InlineData(
        "SELECT 1 AS id, [1, 2] AS tags, {'a': 1} AS s, TIME '10:00' AS t",
        "rows.sql: a dataset cannot carry every column. 'tags' is a INTEGER[]: select "
            + "array_to_string(\"tags\", ' ') instead; 's' is a STRUCT(a INTEGER): select CAST(\"s\" AS text) "
            + "instead; 't' is a TIME: select extract(epoch FROM \"t\") instead. Nothing was changed."
    )]
    public async Task A_wrong_query_is_78_with_the_line_and_the_database_s_words(string sql, string message)
    {
        using var file = new DuckDbFile("CREATE TABLE flights (id integer)");
        var fault = await file.RefusalAsync(sql);
        Assert.Equal((ExitCode.BadConfiguration, message), (fault.Code, fault.Message));
    }

    [Fact]
    public async Task A_query_for_people_returns_text()
    {
        using var file = new DuckDbFile(
            "CREATE TABLE t AS SELECT 1 AS id, 'a \"b\", c' AS x, NULL::text AS n, '' AS e, [1] AS l"
        );
        await using var warehouse = Warehouse.Open(file.Uri);
        var table = await warehouse.QueryAsync(
            new Query("SELECT * FROM t", "t"),
            TestContext.Current.CancellationToken
        );
        Assert.Equal(["id", "x", "n", "e", "l"], table.Columns);
        Assert.Equal(["1", "a \"b\", c", "", "", "[1]"], Assert.Single(table.Rows));
    }
}
