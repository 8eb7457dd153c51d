using System.Globalization;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>
/// Brings the schema <c>trainyard</c> up to date: the numbered scripts of this assembly, each once, in order. A change
/// names the oldest version that may still write: programs from there on go on publishing after a newer one has made
/// it, older ones refuse.
/// </summary>
internal static class Migrations
{
    private const string Schema = PredictionsTable.Schema;

    /// <summary>What 1.0 looks at: it refuses a schema with a number here that it does not know.</summary>
    private const string FirstTable = "migrations";

    /// <summary>Where the changes since 1.0 stand; here too only where 1.0 may write no more.</summary>
    private const string LaterTable = "later_migrations";

    private static readonly Version Release = new(1, 0);

    private static Version This =>
        typeof(Migrations).Assembly.GetName().Version is { } version ? new(version.Major, version.Minor) : Release;

    /// <summary>Makes what is missing. The caller has a transaction open, and nobody else is here.</summary>
    public static IReadOnlyList<Migration> Apply(IStatements statements, string uri, DateTimeOffset at) =>
        Apply(statements, uri, at, Scripts.For(statements.Dialect));

    /// <summary>What is missing, in order; 78 where a newer version has made a change after which this one may not
    /// write.</summary>
    public static IReadOnlyList<Migration> Pending(IStatements statements, string uri) =>
        Pending(statements, uri, Scripts.For(statements.Dialect));

    internal static IReadOnlyList<Migration> Apply(
        IStatements statements,
        string uri,
        DateTimeOffset at,
        IReadOnlyList<Migration> scripts
    )
    {
        var pending = Pending(statements, uri, scripts);
        var owner = pending.Count > 0 ? OwnerToBe(statements) : null;
        if (owner is not null)
        {
            statements.Execute($"SET LOCAL ROLE {owner}");
        }

        foreach (var migration in pending)
        {
            statements.Execute(migration.Sql);
            Note(statements, migration, at);
        }

        if (owner is not null)
        {
            statements.Execute("RESET ROLE");
        }

        return pending;
    }

    private static IReadOnlyList<Migration> Pending(
        IStatements statements,
        string uri,
        IReadOnlyList<Migration> scripts
    )
    {
        var (hasFirst, hasLater) = (Has(statements, FirstTable), Has(statements, LaterTable));
        var first = hasFirst ? Applied(statements, FirstTable, "''") : [];
        var later = hasLater ? Applied(statements, LaterTable, "oldest_writer") : [];
        var known = scripts.Select(script => script.Number).ToHashSet();
        foreach (var number in first.Keys.Union(later.Keys).Where(number => !known.Contains(number)))
        {
            var isKnown = later.TryGetValue(number, out var oldest);
            if (isKnown && Version.Parse(oldest!) <= This)
            {
                continue;
            }

            var since = isKnown ? $", after which only {oldest} and later may write" : "";
            throw Fault.BadConfiguration(
                $"The schema {Schema} in {uri} is at version {number}, which a newer Trainyard made{since}; this one "
                    + $"is {This} and knows {scripts[^1].Number}. Use that version or a later one. Nothing was changed."
            );
        }

        return
        [
            .. Beginning(statements, hasFirst, hasLater),
            .. scripts.Where(script => !first.ContainsKey(script.Number) && !later.ContainsKey(script.Number)),
        ];
    }

    /// <summary>Who may write in the schema need not be allowed to make one.</summary>
    private static IEnumerable<Migration> Beginning(IStatements statements, bool hasFirst, bool hasLater)
    {
        string?[] missing =
        [
            statements.First("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = $1", Schema) is null
                ? $"CREATE SCHEMA {Schema};\n"
                : null,
            hasFirst
                ? null
                : $"CREATE TABLE {Schema}.{FirstTable} (number integer NOT NULL PRIMARY KEY, name text NOT NULL, "
                    + "applied_at "
                    + "timestamptz NOT NULL);\n",
            hasLater
                ? null
                : $"CREATE TABLE {Schema}.{LaterTable} (number integer NOT NULL PRIMARY KEY, name text NOT NULL, "
                    + "oldest_writer text NOT NULL, applied_at timestamptz NOT NULL);\n",
        ];
        var sql = string.Concat(missing);
        return sql.Length == 0 ? [] : [new Migration(0, "0000_migrations.sql", Release.ToString(), sql)];
    }

    private static void Note(IStatements statements, Migration migration, DateTimeOffset at)
    {
        var (number, name, oldest) = (migration.Number, migration.Name, migration.OldestWriter);
        if (number is > 0 and <= Scripts.LastOfRelease || (number > 0 && Version.Parse(oldest) > Release))
        {
            statements.Execute($"INSERT INTO {Schema}.{FirstTable} VALUES ($1, $2, $3)", number, name, at);
        }

        if (number > Scripts.LastOfRelease)
        {
            statements.Execute($"INSERT INTO {Schema}.{LaterTable} VALUES ($1, $2, $3, $4)", number, name, oldest, at);
        }
    }

    /// <summary>The numbers in a table of changes, each with another column of it.</summary>
    private static Dictionary<int, string> Applied(IStatements statements, string table, string column) =>
        (
            statements.First($"SELECT string_agg(CAST(number AS text) || ' ' || {column}, ',') FROM {Schema}.{table}")![
                0
            ]
            ?? ""
        )
            .Split(',', StringSplitOptions.RemoveEmptyEntries)
            .Select(each => each.Split(' ', 2))
            .ToDictionary(each => int.Parse(each[0], CultureInfo.InvariantCulture), each => each[1]);

    private static bool Has(IStatements statements, string table) =>
        statements.First(
            "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = $2",
            Schema,
            table
        )
            is not null;

    /// <summary>On PostgreSQL what a superuser makes by hand is to belong to the schema's owner, who publishes; null
    /// where that is so anyway.</summary>
    private static string? OwnerToBe(IStatements statements) =>
        statements.Dialect == Dialect.Postgres
            ? statements
                .First(
                    """
                    SELECT pg_catalog.quote_ident(pg_catalog.pg_get_userbyid(nspowner)) FROM pg_catalog.pg_namespace
                    WHERE nspname = $1 AND pg_catalog.pg_get_userbyid(nspowner) <> current_user
                        AND pg_catalog.pg_has_role(current_user, nspowner, 'MEMBER')
                    """,
                    Schema
                )
                ?[0]
            : null;
}
