using System.Globalization;
using System.Reflection;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Brings the schema <c>trainyard</c> up to date: the numbered scripts of this assembly, each once, in
/// order.</summary>
internal static class Migrations
{
    /// <summary>Applies what is missing. The caller has a transaction open, and nobody else is here.</summary>
    public static void Apply(IStatements statements, string uri, DateTimeOffset at)
    {
        var scripts = ScriptsFor(statements.Dialect);

        // Who may write in the schema need not be allowed to make one.
        if (
            statements.First("SELECT nspname FROM pg_catalog.pg_namespace WHERE nspname = $1", PredictionsTable.Schema)
            is null
        )
        {
            statements.Execute($"CREATE SCHEMA {PredictionsTable.Schema}");
        }

        statements.Execute(
            $"CREATE TABLE IF NOT EXISTS {PredictionsTable.Schema}.migrations (number integer NOT NULL PRIMARY "
                + "KEY, name text NOT NULL, applied_at timestamptz NOT NULL)"
        );
        var applied = int.Parse(
            statements.First(
                $"SELECT CAST(coalesce(max(number), 0) AS text) FROM {PredictionsTable.Schema}.migrations"
            )![0]!,
            CultureInfo.InvariantCulture
        );
        if (applied > scripts[^1].Number)
        {
            throw Fault.BadConfiguration(
                $"The schema {PredictionsTable.Schema} in {uri} is at version {applied}, which a newer "
                    + $"Trainyard made; this one knows {scripts[^1].Number}. Use that version or a later one. "
                    + "Nothing was changed."
            );
        }

        foreach (var script in scripts.Where(script => script.Number > applied))
        {
            statements.Execute(Read(script.Name));
            statements.Execute(
                $"INSERT INTO {PredictionsTable.Schema}.migrations VALUES ($1, $2, $3)",
                script.Number,
                script.Name,
                at
            );
        }
    }

    /// <summary><c>0001_name.sql</c> is for every warehouse, <c>0002_name.postgres.sql</c> for one; a number is used
    /// once.</summary>
    private static List<Script> ScriptsFor(Dialect dialect) =>
        [
            .. Assembly
                .GetExecutingAssembly()
                .GetManifestResourceNames()
                .Where(name =>
                    name.Split('.') is [_, "sql"]
                    || (
                        name.Split('.') is [_, var only, "sql"]
                        && only.Equals(dialect.ToString(), StringComparison.OrdinalIgnoreCase)
                    )
                )
                .Select(name => new Script(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name))
                .OrderBy(script => script.Number),
        ];

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed record Script(int Number, string Name);
}
