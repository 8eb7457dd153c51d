using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trainyard.Warehouses.Postgres;

/// <summary>Looks at the plan of a query before it runs, and says where an index or a primary key is wanting.</summary>
internal sealed partial class PlanAdvice(PostgresSession session, Action<string> warn)
{
    /// <summary>Smaller tables are read faster than anybody can write an index.</summary>
    private const double BigTable = 100_000;

    /// <summary>Of what takes a greater part of the table, reading all of it is the best plan.</summary>
    private const double FewRows = 0.2;

    public async Task GiveAsync(Query query, string select, CancellationToken cancel)
    {
        var explain = $"EXPLAIN (FORMAT JSON, VERBOSE) {select}";
        var text = await session.RunAsync(
            () => session.First(explain),
            error => PostgresErrors.OfQuery(error, query, explain),
            cancel
        );
        using var plan = JsonDocument.Parse(text![0]!);
        var scans = Scans(plan.RootElement[0].GetProperty("Plan"), loops: 1).ToList();
        foreach (
            var sentence in await session.RunAsync(
                () => scans.SelectMany(Advice).Distinct().ToList(),
                error => PostgresErrors.OfQuery(error, query, explain),
                cancel
            )
        )
        {
            warn($"{query.File}: {sentence}");
        }
    }

    /// <summary>The tables that a plan reads, from the top down.</summary>
    private static IEnumerable<Scan> Scans(JsonElement node, double loops)
    {
        if (node.TryGetProperty("Relation Name", out var relation))
        {
            var alias = node.GetProperty("Alias").GetString();
            yield return new Scan(
                node.GetProperty("Schema").GetString()!,
                relation.GetString()!,
                node.GetProperty("Node Type").GetString() == "Seq Scan" && node.TryGetProperty("Filter", out var filter)
                    ? filter.GetString()!.Replace($"{alias}.", "")
                    : null,
                node.GetProperty("Plan Rows").GetDouble() * loops
            );
        }

        // Rows of a parallel plan are those of one worker.
        var workers = node.TryGetProperty("Workers Planned", out var planned) ? planned.GetInt32() + 1 : 1;
        foreach (var child in node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().ToList() : [])
        {
            foreach (var scan in Scans(child, loops * workers))
            {
                yield return scan;
            }
        }
    }

    /// <summary>The comparisons that a filter joins by AND, as <c>(column &gt; …)</c>; what else stands there is left
    /// out.</summary>
    internal static IEnumerable<string> ComparedIn(string filter)
    {
        foreach (var part in Parts(filter))
        {
            if (Comparison().Match(part) is { Success: true } comparison)
            {
                yield return comparison.Groups["left"].Value;
            }
        }
    }

    private static IEnumerable<string> Parts(string filter)
    {
        var (depth, start) = (0, 0);
        for (var at = 0; at < filter.Length; at++)
        {
            depth += filter[at] switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            if (depth == 1 && filter.AsSpan(at).StartsWith(" AND "))
            {
                yield return filter[(start + 1)..at];
                start = at + 4;
            }
        }

        yield return start == 0 ? filter : filter[(start + 1)..^1];
    }

    private IEnumerable<string> Advice(Scan scan)
    {
        if (
            session.First(
                """
                SELECT CAST(c.oid AS text), format('%I.%I', n.nspname, c.relname), CAST(c.reltuples AS text),
                    CAST(EXISTS (SELECT 1 FROM pg_catalog.pg_constraint AS k WHERE k.conrelid = c.oid
                        AND k.contype = 'p') AS text)
                FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                WHERE n.nspname = $1 AND c.relname = $2 AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                """,
                scan.Schema,
                scan.Table
            )
            is not { } found
        )
        {
            yield break;
        }

        var (table, name) = (found[0]!, found[1]!);
        if (found[3] == "false")
        {
            yield return $"the table {name} has no primary key, so nothing keeps a row from being there twice. Write: "
                + "ALTER "
                + $"TABLE {name} ADD PRIMARY KEY (…).";
        }

        var rows = double.Parse(found[2]!, CultureInfo.InvariantCulture);
        if (scan.Filter is not null && rows > BigTable && scan.Rows < rows * FewRows)
        {
            var indexed = session
                .Rows(
                    "SELECT pg_catalog.pg_get_indexdef(indexrelid, 1, true) FROM pg_catalog.pg_index WHERE "
                        + "indrelid = CAST($1 AS oid)",
                    table
                )
                .Select(row => Bare(row[0]!))
                .ToHashSet();
            if (ComparedIn(scan.Filter).FirstOrDefault(compared => !indexed.Contains(Bare(compared))) is { } column)
            {
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"all {rows:N0} rows of {name} are read to find about {scan.Rows:N0}. Write: CREATE INDEX "
                        + $"ON {name} ({Indexable(column)})."
                );
            }
        }
    }

    private static string Bare(string expression) => expression.Replace("(", "").Replace(")", "").Replace(" ", "");

    /// <summary>What is no column or function stands in parentheses of its own.</summary>
    private static string Indexable(string expression) => Column().IsMatch(expression) ? expression : $"({expression})";

    /// <summary>A column or expression of columns, an operator that an index serves, and anything.</summary>
    [GeneratedRegex("""^\(*?(?<left>[a-z_"][^<>=]*?) (=|<|>|<=|>=) .+$""", RegexOptions.Singleline)]
    private static partial Regex Comparison();

    [GeneratedRegex("""^([a-z_][a-z_0-9$]*|"([^"]|"")+")$""")]
    private static partial Regex Column();

    private sealed record Scan(string Schema, string Table, string? Filter, double Rows);
}
