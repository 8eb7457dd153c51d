using Trainyard.Pipelines;
using Trainyard.Warehouses;
using Trainyard.Warehouses.DuckDb;
using static Trainyard.Tests.Warehouses.SomePublication;

namespace Trainyard.Tests.Warehouses;

public sealed class MigrationsTests : IDisposable
{
    /// <summary>What came after 1.0.</summary>
    private static readonly string[] Later =
    [
        "0003_what_runs_leave.sql",
        "0004_live_metrics.sql",
        "0005_input_moves.sql",
    ];

    private readonly DuckDbFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Numbers_are_used_once_and_what_came_after_1_0_says_who_may_still_write(bool isPostgres)
    {
        var scripts = Scripts.For(isPostgres ? Dialect.Postgres : Dialect.DuckDb);

        Assert.Equal(
            scripts.Select(script => script.Number).Distinct().Order(),
            scripts.Select(script => script.Number)
        );
        Assert.All(scripts, script => Assert.True(Version.TryParse(script.OldestWriter, out _), script.Name));
    }

    [Fact]
    public void What_came_after_1_0_is_noted_where_1_0_does_not_look()
    {
        Assert.Equal(["0000_migrations.sql", "0001_trainyard.sql", .. Later], Apply());

        Assert.Equal("1", Noted("migrations"));
        Assert.Equal("3,4,5", Noted("later_migrations"));
        Assert.Empty(Apply());
    }

    [Fact]
    public void A_schema_that_1_0_made_gets_what_is_missing()
    {
        _file.Execute(
            "CREATE SCHEMA trainyard",
            "CREATE TABLE trainyard.migrations (number integer NOT NULL PRIMARY KEY, name text NOT NULL, applied_at "
                + "timestamptz NOT NULL)",
            Scripts.For(Dialect.DuckDb)[0].Sql,
            "INSERT INTO trainyard.migrations VALUES (1, '0001_trainyard.sql', now())"
        );

        Assert.Equal(["0000_migrations.sql", .. Later], Apply());
    }

    [Fact]
    public void After_a_change_that_this_version_cannot_live_with_it_refuses_to_write()
    {
        var ours = typeof(Migration).Assembly.GetName().Version!.ToString(2);
        Apply([
            .. Scripts.For(Dialect.DuckDb),
            new Migration(6, "0006_a.sql", "1.0", "SELECT 1"),
            new Migration(7, "0007_b.sql", "99.1", "SELECT 1"),
        ]);

        // 1.0 takes the greatest number for what the schema is.
        Assert.Equal("1,7", Noted("migrations"));
        Assert.Equal("3,4,5,6,7", Noted("later_migrations"));
        var fault = Assert.Throws<Fault>(() => Apply());
        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                $"The schema trainyard in {_file.Uri} is at version 7, which a newer Trainyard made, after which only "
                    + $"99.1 and later may write; this one is {ours} and knows 5. Use that version or a later one. "
                    + "Nothing was "
                    + "changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public void A_number_that_nothing_is_known_of_is_refused()
    {
        Apply();
        _file.Execute("INSERT INTO trainyard.migrations VALUES (99, '0099_later.sql', now())");

        Assert.Contains(
            "is at version 99, which a newer Trainyard made; ",
            Assert.Throws<Fault>(() => Apply()).Message
        );
    }

    private List<string> Apply(IReadOnlyList<Migration>? scripts = null)
    {
        using var session = DuckDbSession.Open(_file.File, readOnly: false);
        return
        [
            .. Migrations
                .Apply(session, _file.Uri, Monday, scripts ?? Scripts.For(Dialect.DuckDb))
                .Select(migration => migration.Name),
        ];
    }

    private string? Noted(string table)
    {
        using var session = DuckDbSession.Open(_file.File, readOnly: false);
        return session.First($"SELECT string_agg(CAST(number AS text), ',' ORDER BY number) FROM trainyard.{table}")![
            0
        ];
    }
}
