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
        if (rest.IndexOf('?', StringComparison.Ordinal) is >= 0 and var question)
        {
            foreach (var pair in rest[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
            {
                var parts = pair.Split('=', 2);
                Add(
                    found,
                    Decode(parts[0]),
                    parts.Length == 2 ? Decode(parts[1]) : throw Wrong($"'{Decode(parts[0])}' has no value")
                );
            }

            rest = rest[..question];
        }

        if (rest.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash)
        {
            Add(found, "dbname", Decode(rest[(slash + 1)..]));
            rest = rest[..slash];
        }

        if (rest.LastIndexOf('@') is >= 0 and var at)
        {
            var user = rest[..at].Split(':', 2);
            Add(found, "user", Decode(user[0]));
            Add(found, "password", user.Length == 2 ? Decode(user[1]) : "");
            rest = rest[(at + 1)..];
        }

        var hosts = rest.Split(',').Select(HostAndPort).ToList();
        Add(found, "host", string.Join(',', hosts.Select(host => host.Host)).Trim(','));
        Add(found, "port", string.Join(',', hosts.Select(host => host.Port)).Trim(','));
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
                throw Wrong($"'=' is missing after '{name.Split((char[]?)null, 2)[0]}'");
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

    private static string Decode(string text) => Uri.UnescapeDataString(text);

    /// <remarks>Not with the text, which may hold a password.</remarks>
    private static Fault Wrong(string what) =>
        Fault.Usage(
            $"--warehouse cannot be read: {what}. Expected postgresql://user@host:5432/database. Nothing was changed."
        );
}
