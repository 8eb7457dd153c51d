using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Trainyard.Tests.Report;

/// <summary>A rendered page as tests look at it: its text, its elements, and the data of its charts.</summary>
internal sealed partial class Page(string html)
{
    /// <summary>The markup without scripts, styles and data.</summary>
    public string Markup { get; } = Blocks().Replace(html, "");

    /// <summary>What a person reads, with single plain spaces.</summary>
    public string Text { get; } =
        Spaces()
            .Replace(
                WebUtility.HtmlDecode(Tags().Replace(Blocks().Replace(html, ""), " ")).Replace('\u00a0', ' '),
                " "
            );

    public JsonElement Charts { get; } = JsonDocument.Parse(Data().Match(html).Groups[1].Value).RootElement;

    [GeneratedRegex("<(script|style)[ >].*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex("<script type=\"application/json\" id=\"charts\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
