using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What a role of PostgreSQL may not see is an error, and never a smaller dataset.</summary>
public sealed class PostgresRightsTests : IAsyncLifetime
{
    private readonly string _reader = $"reader_{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;
    private TestDatabase _database = null!;

    private string Address => _database.UriFor(_reader);

    private string Pipeline => Path.Combine(_folder, "parcels");

    public async ValueTask InitializeAsync()
    {
        _database = await (await PostgresServer.UseAsync()).CreateDatabaseAsync();
        await _database.ExecuteAsync(
            $"""
            CREATE ROLE {_reader} LOGIN PASSWORD '{_database.Password}';
            CREATE TABLE parcels AS
            SELECT i AS parcel_id, TIMESTAMPTZ '2024-01-01 05:00+00' + i / 60 * INTERVAL '1 day' AS day_start,
                i % 5 = 0 AS late,
                CAST(i % 30 AS float8) AS weight, i % 20 AS stops, (ARRAY['north', 'south'])[1 + i % 2] AS depot,
                TIMESTAMPTZ '2024-01-01 12:00+00' + i / 60 * INTERVAL '1 day' AS handed_over
            FROM generate_series(0, 60 * 100 - 1) AS i;
            ALTER TABLE parcels ADD PRIMARY KEY (parcel_id);
            CREATE SCHEMA other;
            CREATE TABLE other.parcels (parcel_id integer)
            """
        );
        Directory.CreateDirectory(Pipeline);
        await File.WriteAllTextAsync(Path.Combine(Pipeline, "pipeline.yaml"), Parcels.Spec);
        await File.WriteAllTextAsync(Path.Combine(Pipeline, "rows.sql"), Parcels.Sql);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_database is not null)
        {
            await _database.ExecuteAsync($"DROP OWNED BY {_reader} CASCADE; DROP ROLE {_reader}");
            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Rows_that_a_policy_hides_are_77_and_each_of_two_remedies_helps()
    {
        await _database.ExecuteAsync(
            $"""
            GRANT SELECT ON parcels TO {_reader};
            ALTER TABLE parcels ENABLE ROW LEVEL SECURITY;
            CREATE POLICY half ON parcels USING (parcel_id % 2 = 0)
            """
        );

        var refused = (await ExtractAsync("t1", Address)).With(77);
        Assert.EndsWith(
            "rows.sql: query would be affected by row-level security policy for table \"parcels\". Row-level security "
                + $"hides rows of public.parcels from the role {_reader} (or from the owner of a view, where one is in "
                + "between), and what is learned from the rest is wrong. Either a superuser does ALTER ROLE "
                + $"{_reader} BYPASSRLS; or the table's owner CREATE POLICY trainyard ON public.parcels FOR SELECT TO "
                + $"{_reader} USING (true); and the address has -crow_security=on in its options "
                + "(?options=-crow_security%3Don). Nothing was changed.",
            refused.LastWords,
            StringComparison.Ordinal
        );
        Assert.False(File.Exists(Path.Combine(_folder, "store", "parcels", "runs", "t1", "extract", "manifest.json")));
        Assert.Equal(refused.LastWords, (await ValidateAsync(Address)).With(77).LastWords);

        // As the sentence has it: the one, then the other.
        await _database.ExecuteAsync($"ALTER ROLE {_reader} BYPASSRLS");
        var all = Rows((await ExtractAsync("t2", Address)).With(0));
        await _database.ExecuteAsync(
            $"ALTER ROLE {_reader} NOBYPASSRLS; "
                + $"CREATE POLICY trainyard ON public.parcels FOR SELECT TO {_reader} USING (true)"
        );
        (await ExtractAsync("t3", Address)).With(77);
        Assert.Equal(all, Rows((await ExtractAsync("t4", $"{Address}?options=-crow_security%3Don")).With(0)));

        static string Rows(Ended ended) => ended.Output.Split(" rows")[0];
    }

    [Fact]
    public async Task A_table_that_the_role_may_not_read_is_found_by_validate_with_the_GRANT_that_helps()
    {
        await _database.ExecuteAsync($"GRANT SELECT ON other.parcels TO {_reader}");
        var refused = (await ValidateAsync(Address)).With(77);
        Assert.EndsWith(
            "rows.sql: permission denied for table parcels. Its owner can mend that: GRANT SELECT ON public.parcels TO "
                + $"{_reader}; Nothing was changed.",
            refused.LastWords,
            StringComparison.Ordinal
        );
        await _database.ExecuteAsync($"GRANT SELECT ON public.parcels TO {_reader};");
        Assert.Contains("no mistakes", (await ValidateAsync(Address)).With(0).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_that_the_role_may_not_use_is_found_too()
    {
        await File.WriteAllTextAsync(
            Path.Combine(Pipeline, "rows.sql"),
            Parcels.Sql.Replace("FROM parcels", "FROM other.parcels", StringComparison.Ordinal),
            TestContext.Current.CancellationToken
        );
        var refused = (await ValidateAsync(Address)).With(77);
        Assert.EndsWith(
            "rows.sql:2: permission denied for schema other. Its owner can mend that: GRANT USAGE ON SCHEMA other TO "
                + $"{_reader}; Nothing was changed.",
            refused.LastWords,
            StringComparison.Ordinal
        );
    }

    private Task<Ended> ValidateAsync(string address) =>
        Programs.RunAsync("trainyard", ["validate", Pipeline], Variables(address));

    private Task<Ended> ExtractAsync(string run, string address) =>
        Programs.RunAsync(
            "extract",
            [
                "--pipeline",
                Pipeline,
                "--run-id",
                run,
                "--store",
                Path.Combine(_folder, "store"),
                "--kind",
                "train",
                "--as-of",
                "2024-04-01",
            ],
            Variables(address)
        );

    private Dictionary<string, string?> Variables(string address) =>
        new() { ["TRAINYARD_WAREHOUSE"] = address, ["PGPASSWORD"] = _database.Password };
}
