using System.Globalization;

namespace Trainyard.Warehouses;

/// <summary>Several names with a number each as one text, for a query that returns a row a prediction.</summary>
internal static class NamedNumbers
{
    private static readonly (string Character, string Escaped)[] Escapes = [("%", "%25"), (",", "%2C"), ("=", "%3D")];

    /// <summary>SQL that packs the rows of the table <c>side</c>, the same on DuckDB and PostgreSQL.</summary>
    public static string Packed(string name, string number)
    {
        var escaped = Escapes.Aggregate(
            $"side.{Identifier.Quote(name)}",
            (sql, escape) => $"replace({sql}, '{escape.Character}', '{escape.Escaped}')"
        );
        return $"string_agg({escaped} || '=' || CAST(side.{Identifier.Quote(number)} AS text), ',')";
    }

    public static IReadOnlyList<KeyValuePair<string, double>> Read(string packed) =>
        packed.Length == 0
            ? []
            :
            [
                .. packed
                    .Split(',')
                    .Select(pair => pair.Split('='))
                    .Select(pair =>
                        KeyValuePair.Create(
                            Escapes
                                .Reverse()
                                .Aggregate(pair[0], (name, each) => name.Replace(each.Escaped, each.Character)),
                            double.Parse(pair[1], NumberStyles.Float, CultureInfo.InvariantCulture)
                        )
                    ),
            ];
}
