using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Trainyard.Pipelines;
using Trainyard.Registry;
using Trainyard.Steps.Report;

namespace Trainyard.Tests.Report;

/// <summary>A report is opened by whoever finds it: nothing in the data may run, and nothing may be loaded.</summary>
public sealed partial class SafetyTests
{
    private const string Hostile =
        "</script></style></pre><script>alert(1)</script><img src=x onerror=alert(1)>\"'`&{{}}<!--\u2028]]>";

    [Fact]
    public async Task Hostile_names_stay_text()
    {
        var html = await RenderHostileAsync();

        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("alert(1)</script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--\u2028", html, StringComparison.Ordinal);

        // The data block, three scripts, and nothing that a name could have opened or closed.
        Assert.Equal(1 + Embedded.Scripts.Count, Scripts().Count(html));
        Assert.Equal(1 + Embedded.Scripts.Count, html.Split("</script>").Length - 1);
        Assert.Equal(html.Split("<style>").Length, html.Split("</style>").Length);

        var page = new Page(html);
        var readable = WebUtility.HtmlDecode(page.Markup);
        Assert.Contains($"<th scope=\"row\">{Hostile}", readable, StringComparison.Ordinal);
        Assert.DoesNotContain($"<th scope=\"row\">{Hostile}", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_charts_cannot_leave_their_block()
    {
        var data = DataBlock().Match(await RenderHostileAsync()).Groups[1].Value;

        Assert.NotEmpty(data);
        Assert.DoesNotContain('<', data);
        Assert.DoesNotContain('&', data);
        Assert.DoesNotContain('\u2028', data);
    }

    [Fact]
    public async Task Only_the_scripts_of_the_page_may_run_and_nothing_may_be_loaded()
    {
        var html = await RenderHostileAsync();
        var policy = WebUtility.HtmlDecode(Policy().Match(html).Groups[1].Value);
        var scripts = InlineScripts().Matches(html).Select(script => script.Groups[1].Value).ToList();

        Assert.Equal(Embedded.Scripts.Count, scripts.Count);
        Assert.Equal(
            "default-src 'none'; style-src 'unsafe-inline'; script-src "
                + $"{string.Join(' ', scripts.Select(Embedded.PolicySource))}; base-uri 'none'; form-action 'none'",
            policy
        );
    }

    [Fact]
    public async Task Markup_and_style_refer_to_nothing_outside()
    {
        var html = await RenderHostileAsync();
        var markup = new Page(html).Markup;

        Assert.DoesNotMatch("<(link|iframe|object|embed|img|audio|video|source|base)[ >]", markup);
        Assert.DoesNotMatch("<[^>]+ (src|srcset|action|data)=", markup);
        Assert.All(
            Links().Matches(markup),
            link => Assert.StartsWith("#", link.Groups[1].Value, StringComparison.Ordinal)
        );
        Assert.DoesNotMatch("url\\(|@import", Embedded.Text(Embedded.Style));
        Assert.DoesNotMatch(
            "https?://",
            Embedded.Text(Embedded.Style) + Embedded.Text("marks.js") + Embedded.Text("report.js")
        );
    }

    [Fact]
    public async Task Links_within_the_page_lead_somewhere()
    {
        using var run = await SomeRun.OfAsync(
            SomeCard.Flights(SomeRun.AsOf, "train.20131230T050000Z.1"),
            SomeProfile.Flights(302_042)
        );
        var markup = new Page(await run.RenderAsync()).Markup;
        var links = Links().Matches(markup).Select(link => link.Groups[1].Value[1..]).ToList();

        Assert.Equal(["content", "quality", "inputs", "data", "cost", "origin"], links);
        Assert.All(links, link => Assert.Single(Regex.Matches(markup, $" id=\"{link}\"")));
    }

    [Theory]
    [InlineData("d3-7.9.2.min.js")]
    [InlineData("plot-0.6.17.umd.min.js")]
    public void Embedded_libraries_are_those_the_README_names(string file)
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "steps/report/assets/README.md"));
        var line = readme.Split('\n').Single(line => line.StartsWith($"| `{file}`", StringComparison.Ordinal));

        Assert.Contains(
            $"`{Convert.ToHexStringLower(SHA256.HashData(Embedded.Bytes(file)))}`",
            line,
            StringComparison.Ordinal
        );
    }

    private static async Task<string> RenderHostileAsync()
    {
        var card = SomeCard.Flights(SomeRun.AsOf, "train.20131230T050000Z.1");
        var hostile = card with
        {
            Evaluation = card.Evaluation with
            {
                Importances = [new Importance(Hostile, 0.1, 0.01)],
                Champion = card.Evaluation.Champion! with { Champion = Hostile },
                Intervals = Hostile,
                Model = card.Evaluation.Model with
                {
                    Metrics = new Dictionary<string, double> { [Hostile] = 1, ["auc"] = 0.7 },
                },
            },
            Verdict = new Verdict { Promoted = true, Reason = Hostile },
        };
        IReadOnlyList<ColumnProfile> profile = [SomeProfile.Levels(Hostile, 10, 1, 1, (Hostile, 9))];
        using var run = await SomeRun.OfAsync(
            hostile,
            profile,
            file => file with { Operations = file.Operations with { About = Hostile } }
        );
        return await run.RenderAsync();
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Trainyard.slnx")))
        {
            folder =
                Path.GetDirectoryName(folder.TrimEnd('/'))
                ?? throw new DirectoryNotFoundException("The repository's root was not found.");
        }

        return folder;
    }

    [GeneratedRegex("<script[ >]")]
    private static partial Regex Scripts();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex InlineScripts();

    [GeneratedRegex("id=\"charts\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataBlock();

    [GeneratedRegex("Content-Security-Policy\" content=\"([^\"]+)\"")]
    private static partial Regex Policy();

    [GeneratedRegex("href=\"([^\"]*)\"")]
    private static partial Regex Links();
}
