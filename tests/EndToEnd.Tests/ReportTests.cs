using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What a run leaves for people to look at: exhibits and facts, and a report that draws them.</summary>
public abstract class ReportTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Train = "train.20240408T000000Z.1";
    private const string Score = "score.20240408T000000Z.1";
    private const string Card = $"meters/models/{Train}/card.json";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task Card_and_summary_hold_exhibits_and_the_report_draws_those_it_knows()
    {
        (await Meters.RunAsync("both")).With(0);

        var card = (await Workspace.ReadJsonAsync(Card)).AsObject();
        Assert.Equal((2, "1.1.0"), ((int)card["format"]!, (string?)card["needs"]));
        Assert.Equal(
            [
                "bins reliability",
                "histogram scores",
                "table fits",
                "periods weeks",
                "bars importances",
                "swarm reasons",
                "run run-x",
            ],
            card["exhibits"]!.AsArray().Select(exhibit => $"{exhibit!["kind"]} {exhibit["id"]}")
        );
        Assert.Equal(
            ["Trainer", "Size", "Options", "Answers with", "Labels"],
            card["facts"]!.AsArray().Select(fact => (string?)fact!["label"])
        );
        Assert.Null(card["evaluation"]!["importances"]);

        var summary = await Workspace.ReadJsonAsync(await Workspace.FindAsync($"meters/runs/{Score}/score/summary-"));
        Assert.Equal((2, "1.1.0"), ((int)summary["format"]!, (string?)summary["needs"]));
        Assert.Equal("value", (string?)summary["answer"]!["name"]);
        Assert.Equal(["Mean"], summary["facts"]!.AsArray().Select(fact => (string?)fact!["label"]));
        Assert.Null(summary["task"]);
        var scored = await ReportAsync(Score);
        Assert.Matches(@"predictions\. +Their mean is [0-9.,−]+\.", scored);
        Assert.Contains("From To Now Training", scored, StringComparison.Ordinal);

        var drawn = await ReportAsync(Train);
        Assert.Contains("RMSE by week", drawn, StringComparison.Ordinal);
        Assert.Matches(@"LightGBM, [0-9]+ trees, .*leaves [0-9]+, .*, a fit on 1,800\s+rows, trained", drawn);
        Assert.DoesNotContain("this version of Trainyard does not know", drawn, StringComparison.Ordinal);

        // As a later version might leave it.
        card["exhibits"]!
            .AsArray()
            .Insert(
                0,
                new JsonObject
                {
                    ["kind"] = "globe",
                    ["id"] = "x",
                    ["title"] = "Where it errs",
                    ["tilt"] = 23.4,
                }
            );
        await Workspace.WriteTextAsync(Card, Sealing.Seal(card));
        foreach (
            var report in (await Workspace.ListAsync()).Where(name =>
                name.StartsWith($"meters/runs/{Train}/report/", StringComparison.Ordinal)
            )
        )
        {
            await Workspace.DeleteAsync(report);
        }

        (await Meters.StepAsync("report", Train)).With(0);
        drawn = await ReportAsync(Train);
        Assert.Contains(
            "One exhibit was left out, “Where it errs”: this version of Trainyard does not know its kind.",
            drawn,
            StringComparison.Ordinal
        );
        Assert.Contains("RMSE by week", drawn, StringComparison.Ordinal);
    }

    /// <summary>What a person reads in the report of a run.</summary>
    private async Task<string> ReportAsync(string run)
    {
        var html = await Workspace.ReadTextAsync(await Workspace.FindAsync($"meters/runs/{run}/report/report-"));
        var markup = Regex.Replace(html, "<(script|style)[ >].*?</\\1>", "", RegexOptions.Singleline);
        var text = System.Net.WebUtility.HtmlDecode(Regex.Replace(markup, "<[^>]*>", " "));
        return Regex.Replace(text.Replace('\u00a0', ' '), @"\s+", " ");
    }
}

public sealed class ReportOnFolderAndDuckDb : ReportTests<FolderAndDuckDb>;
