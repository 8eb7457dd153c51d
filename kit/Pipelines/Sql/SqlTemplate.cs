using System.Globalization;
using System.Text.RegularExpressions;

namespace Trainyard.Pipelines;

/// <summary>The modelling table's SQL, whose only placeholders are <c>{{ from }}</c> and <c>{{ to }}</c>.</summary>
public static partial class SqlTemplate
{
    private static readonly string[] Known = ["from", "to"];

    /// <summary>Puts the window's ends in place of the placeholders, as typed literals that PostgreSQL and DuckDB
    /// both read.</summary>
    public static string Fill(string sql, Window? window) =>
        window is null
            ? sql
            : Placeholder()
                .Replace(
                    sql,
                    match =>
                        match.Groups[1].Value switch
                        {
                            "from" => Literal(window.From),
                            "to" => Literal(window.To),
                            _ => match.Value,
                        }
                );

    /// <summary>What is wrong with the placeholders of a file.</summary>
    internal static IEnumerable<Mistake> Check(string sql, string file, bool hasTime)
    {
        var found = Placeholder().Matches(sql);
        foreach (Match match in found)
        {
            var name = match.Groups[1].Value;
            if (!hasTime)
            {
                yield return At(
                    match,
                    $"the placeholder '{{{{ {name} }}}}' has no value: rows has no cutoff, so there is no window."
                );
            }
            else if (!Known.Contains(name))
            {
                yield return At(
                    match,
                    $"there is no placeholder '{name}'.{Nearest.Hint(name, Known)} The placeholders are {{{{ "
                        + "from }} and {{ to }}."
                );
            }
        }

        if (hasTime)
        {
            foreach (var missing in Known.Except(found.Select(match => match.Groups[1].Value)))
            {
                yield return new Mistake(
                    file,
                    1,
                    1,
                    $"the placeholder {{{{ {missing} }}}} is missing: the query returns the rows with {{{{ "
                        + "from }} < cutoff <= {{ to }}."
                );
            }
        }

        Mistake At(Match match, string message)
        {
            var before = sql.AsSpan(0, match.Index);
            return new Mistake(file, before.Count('\n') + 1, match.Index - before.LastIndexOf('\n'), message);
        }
    }

    private static string Literal(DateTimeOffset instant) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"TIMESTAMPTZ '{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss.FFFFFF}+00'"
        );

    [GeneratedRegex(@"\{\{\s*([^{}]*?)\s*\}\}")]
    private static partial Regex Placeholder();
}
