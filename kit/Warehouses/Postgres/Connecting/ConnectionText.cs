using System.Buffers;
using System.Text;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>Reads the two forms in which psql takes a connection, a URL and <c>keyword=value</c> pairs, into libpq's
/// keywords.</summary>
internal static class ConnectionText
{
    private static readonly string[] Schemes = ["postgresql://", "postgres://"];

    private static readonly SearchValues<char> InKeyword = SearchValues.Create("abcdefghijklmnopqrstuvwxyz_");

    /// <summary>Whether a text is meant as a PostgreSQL database.</summary>
    public static bool IsOne(string text) => SchemeOf(text) is not null || IsKeywords(text);

    public static Dictionary<string, string> Read(string text) =>
        SchemeOf(text) is { } scheme ? ReadUrl(text[scheme.Length..]) : ReadKeywords(text);

    private static string? SchemeOf(string text) =>
        Array.Find(Schemes, scheme => text.StartsWith(scheme, StringComparison.Ordinal));

    /// <summary>A word, a sign of equality: what neither a file nor another URL begins with.</summary>
    private static bool IsKeywords(string text)
    {
        var word = text.TrimStart();
        var end = word.AsSpan().IndexOfAnyExcept(InKeyword);
        return end > 0 && word.AsSpan(end).TrimStart() is ['=', ..];
    }

    /// <summary><c>user:password@host:port,host:port/database?keyword=value&amp;…</c>; each part may be
    /// missing.</summary>
    private static Dictionary<string, string> ReadUrl(string rest)
    {
        var found = new Dictionary<string, string>();
        var end = rest.AsSpan().IndexOfAny('/', '?') is >= 0 and var first ? first : rest.Length;
        var (authority, after) = (rest[..end], rest[end..]);
        var question = after.IndexOf('?', StringComparison.Ordinal) is >= 0 and var mark ? mark : after.Length;
        var at = authority.LastIndexOf('@');

        // A password with a '/' or a '?' of its own would end as a port, a database or a parameter.
        if (after[..question].Contains('@') || (authority.Length > 0 && at < 0 && after.Contains('@')))
        {
            throw Wrong("an '@' stands behind the first '/' or '?'");
        }

        var parameters = after[question..] is ['?', .. var query] ? query : "";
        foreach (var pair in parameters.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            Add(
                found,
                Decode(parts[0]),
                parts.Length == 2 ? Decode(parts[1]) : throw Wrong("one of its parameters has no value")
            );
        }

        Add(found, "dbname", after[..question] is ['/', .. var database] ? Decode(database) : "");
        if (at >= 0)
        {
            var user = authority[..at].Split(':', 2);
            Add(found, "user", Decode(user[0]));
            Add(found, "password", user.Length == 2 ? Decode(user[1]) : "");
        }

        var hosts = authority[(at + 1)..].Split(',').Select(HostAndPort).ToList();
        AddList(found, "host", hosts.Select(host => host.Host));
        AddList(found, "port", hosts.Select(host => host.Port));
        return found;
    }

    /// <summary>An IPv6 address stands in brackets, for it has colons of its own.</summary>
    private static (string Host, string Port) HostAndPort(string text)
    {
        var bracket = text.StartsWith('[') ? text.IndexOf(']', StringComparison.Ordinal) : 0;
        var colon =
            bracket < 0 ? throw Wrong("the bracket of its IPv6 address is never closed") : text.IndexOf(':', bracket);
        var host = colon < 0 ? text : text[..colon];
        return (Decode(bracket > 0 ? host[1..bracket] : host), colon < 0 ? "" : text[(colon + 1)..]);
    }

    /// <summary><c>host=db dbname='my db'</c>; in quotes and outside a backslash takes the next character as it
    /// is.</summary>
    private static Dictionary<string, string> ReadKeywords(string text)
    {
        var found = new Dictionary<string, string>();
        for (var at = Skip(text, 0); at < text.Length; at = Skip(text, at))
        {
            var equals = text.IndexOf('=', at);
            var name = (equals < 0 ? text[at..] : text[at..equals]).Trim();
            if (equals < 0 || name.Any(char.IsWhiteSpace))
            {
                throw Wrong("an '=' is missing: a value with a space in it stands in quotes, password='…'");
            }

            at = Skip(text, equals + 1);
            Add(found, name, Value(text, ref at));
        }

        return found;
    }

    private static string Value(string text, ref int at)
    {
        var quoted = at < text.Length && text[at] == '\'';
        var value = new StringBuilder();
        for (at += quoted ? 1 : 0; at < text.Length; at++)
        {
            if (quoted ? text[at] == '\'' : char.IsWhiteSpace(text[at]))
            {
                at += quoted ? 1 : 0;
                return value.ToString();
            }

            at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
            value.Append(text[at]);
        }

        return quoted ? throw Wrong("a quote is never closed") : value.ToString();
    }

    private static int Skip(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    /// <summary>An empty value is as good as none; of two the later counts, as in libpq.</summary>
    private static void Add(Dictionary<string, string> found, string name, string value)
    {
        if (value.Length > 0)
        {
            found[name] = value;
        }
    }

    private static void AddList(Dictionary<string, string> found, string name, IEnumerable<string> values) =>
        Add(found, name, string.Join(',', values) is var list && list.Trim(',').Length > 0 ? list : "");

    private static string Decode(string text) => Uri.UnescapeDataString(text);

    /// <remarks>Not with any of the text: a piece of a password can stand wherever an address can be cut.</remarks>
    private static Fault Wrong(string what) =>
        Fault.Usage(
            $"The address of --warehouse cannot be read: {what}. Expected postgresql://user@host:5432/database; in "
                + "a password or a name write %2F for '/', %3F for '?', %23 for '#', %40 for '@', %3A for ':', %25 "
                + "for '%' and %20 for a space. Nothing was changed."
        );
}
