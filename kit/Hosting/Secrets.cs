using System.Text.RegularExpressions;

namespace Trainyard.Hosting;

/// <summary>Passwords in the text of a connection, wherever it is written. A command line is read by every user of a
/// machine, and kept in histories.</summary>
internal static partial class Secrets
{
    public static bool AreIn(string text) => InUrl().IsMatch(text) || InParameter().IsMatch(text);

    /// <summary>Whether it is an address of a warehouse or a store, or a piece of one.</summary>
    public static bool IsAddress(string text) => Address().IsMatch(text);

    /// <summary>A sentence with dots for its passwords.</summary>
    public static string Mask(string sentence) => InParameter().Replace(InUrl().Replace(sentence, "$1:…@"), "$1=…");

    /// <summary>What a person typed, up to where an address begins, its scheme included: a password in what follows has
    /// no end that can be seen.</summary>
    public static string Cut(string text) =>
        Address().Match(text) is { Success: true } found
            ? text[..(found.Groups["scheme"] is { Success: true } scheme ? scheme.Index + scheme.Length : found.Index)]
                + "…"
            : text;

    [GeneratedRegex("(://[^/@:]*):[^@]+@")]
    private static partial Regex InUrl();

    [GeneratedRegex(@"(\b(?:ssl)?password)\s*=\s*('([^'\\]|\\.)*'|[^&\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex InParameter();

    [GeneratedRegex(
        @"(?<scheme>[a-z][a-z0-9+.-]*:/+)|\b(host|port|dbname|user|service|options|passfile|(ssl)?password)\s*=",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex Address();
}
