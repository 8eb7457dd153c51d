using System.Globalization;

namespace Trainyard.Warehouses;

/// <summary>The one way in which a name becomes part of a statement.</summary>
public static class Identifier
{
    /// <summary>Quotes a name, so that it is that name whatever it holds.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"")}\"";

    /// <summary>Quotes a text as a literal.</summary>
    internal static string Literal(string text) => $"'{text.Replace("'", "''")}'";

    /// <summary>An instant as a literal.</summary>
    internal static string Literal(DateTimeOffset instant) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"TIMESTAMPTZ '{instant.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00'"
        );

    internal static string QuoteAll(IEnumerable<string> names) => string.Join(", ", names.Select(Quote));
}
