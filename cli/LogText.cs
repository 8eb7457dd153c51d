using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trainyard.Cli;

/// <summary>The text of a log line of a step: Serilog's compact form holds a template and its values.</summary>
internal static partial class LogText
{
    public static string Of(JsonObject log) =>
        Hole().Replace((string?)log["@mt"] ?? "", hole => log[hole.Groups[1].Value]?.ToString() ?? hole.Value);

    [GeneratedRegex(@"\{@?([A-Za-z0-9_]+)(?:[:,][^}]*)?\}")]
    private static partial Regex Hole();
}
