using System.Text;

namespace Trainyard.Warehouses.Postgres;

/// <summary>The settings in a connection's <c>options</c>, as the server reads them: <c>-c name=value</c> and
/// <c>--name=value</c>; a backslash takes the next character as it is.</summary>
internal static class SessionOptions
{
    /// <summary>Names in small letters, with underscores; of two settings the later counts.</summary>
    public static IReadOnlyDictionary<string, string> Read(string? options)
    {
        var found = new Dictionary<string, string>();
        var words = new Queue<string>(Words(options ?? ""));
        while (words.TryDequeue(out var word))
        {
            var setting = word switch
            {
                "-c" => words.TryDequeue(out var next) ? next : "",
                ['-', 'c' or '-', .. var rest] => rest,
                _ => "",
            };
            if (setting.Split('=', 2) is [var name, var value])
            {
                found[name.Replace('-', '_').ToLowerInvariant()] = value;
            }
        }

        return found;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        for (var at = 0; at < text.Length; at++)
        {
            if (!char.IsWhiteSpace(text[at]))
            {
                at += text[at] == '\\' && at + 1 < text.Length ? 1 : 0;
                word.Append(text[at]);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }

        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
