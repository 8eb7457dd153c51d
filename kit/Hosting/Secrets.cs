using System.Text.RegularExpressions;

namespace Trainyard.Hosting;

/// <summary>Passwords in the text of a connection, wherever it is written. A command line is read by every user of a
/// machine, and kept in histories.</summary>
internal static partial class Secrets
{
    public static bool AreIn(string text) => InUrl().IsMatch(text) || InParameter().IsMatch(text);

    /// <summary>The text with dots for its passwords.</summary>
    public static string Mask(string text) => InParameter().Replace(InUrl().Replace(text, "$1:…@"), "$1=…");

    [GeneratedRegex("(://[^/@:]*):[^@]+@")]
    private static partial Regex InUrl();

    [GeneratedRegex(@"(\b(?:ssl)?password)\s*=\s*('([^'\\]|\\.)*'|[^&\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex InParameter();
}
