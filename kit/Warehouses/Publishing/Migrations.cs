using System.Globalization;
using System.Reflection;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses;

/// <summary>Brings the schema <c>trainyard</c> up to date: the numbered scripts of this assembly, each once, in order.</summary>
internal static class Migrations
{
    private static readonly Lazy<IReadOnlyList<Script>> Scripts = new(() =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => new Script(int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name))
            .OrderBy(script => script.Number),
    ]);

    /// <summary>Applies what is missing. The caller has a transaction open.</summary>
    public static void Apply(IStatements statements, string uri, DateTimeOffset at)
    {
        statements.Execute($"CREATE SCHEMA IF NOT EXISTS {PredictionsTable.Schema}");
        statements.Execute($"CREATE TABLE IF NOT EXISTS {PredictionsTable.Schema}.migrations (number integer NOT NULL PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL)");
        var applied = int.Parse(statements.First($"SELECT CAST(coalesce(max(number), 0) AS text) FROM {PredictionsTable.Schema}.migrations")![0]!, CultureInfo.InvariantCulture);
        if (applied > Scripts.Value[^1].Number)
        {
            throw Fault.BadConfiguration($"The schema {PredictionsTable.Schema} in {uri} is at version {applied}, which a newer Trainyard made; this one knows {Scripts.Value[^1].Number}. Use that version or a later one. Nothing was changed.");
        }

        foreach (var script in Scripts.Value.Where(script => script.Number > applied))
        {
            statements.Execute(Read(script.Name));
            statements.Execute($"INSERT INTO {PredictionsTable.Schema}.migrations VALUES ($1, $2, $3)", script.Number, script.Name, at);
        }
    }

    private static string Read(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    private sealed record Script(int Number, string Name);
}
