namespace Trainyard.Tests.EndToEnd;

/// <summary>A spec that leaves the trainer to validation, from rows to report.</summary>
public abstract class AutoTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Rule = "# min_rows_per_leaf: rows / 200, from 5 to 20";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task Validation_chooses_and_output_card_and_report_say_what_it_saw()
    {
        Meters.Write(spec: spec =>
            spec.Replace(Meters.Options, "trainer: auto", StringComparison.Ordinal)
            + "predictions: {reasons: {top: 1}}\n"
        );

        var ended = (await Meters.RunAsync("both")).With(0);

        // The label is a line with noise around it.
        Assert.Matches(
            "Trained train.20240408T000000Z.1 with linear, of 3 trainers chosen on validation,\\s+and promoted it",
            ended.Output
        );
        var card = await Workspace.ReadJsonAsync("meters/models/train.20240408T000000Z.1/card.json");
        Assert.Equal(("auto", "linear"), ((string?)card["definition"]!["model"]!["trainer"], (string?)card["trainer"]));
        Assert.Equal(
            ["lightgbm", "linear chosen", "forest"],
            card["tried"]!.AsArray().Select(each => $"{each!["trainer"]}{((bool)each["chosen"]! ? " chosen" : "")}")
        );
        var report = await Workspace.ReadTextAsync(
            await Workspace.FindAsync("meters/runs/train.20240408T000000Z.1/report/report-")
        );
        Assert.Contains("Which trainer?", report, StringComparison.Ordinal);
        Assert.Contains("A linear model", report, StringComparison.Ordinal);
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT count(*) > 0 AND min(value) > -20 AND max(value) < 140 FROM trainyard.meters_predictions"
            )
        );

        var shown = await Workspace.RunAsync(
            "trainyard",
            ["show", "meters", "score.20240408T000000Z.1", "--key", "3", "--store", Workspace.Store]
        );
        Assert.Contains("contributions are in the unit of the label", shown.With(0).Output, StringComparison.Ordinal);

        // The rule of the options that a spec leaves out belongs to whichever may be fitted.
        Assert.Equal(["options: {seed: 1}", Rule], await PrintedAsync());
        Meters.Write();
        Assert.Equal(["options: {max_trees: 20, seeds: 1, levels: ranks, seed: 1}", Rule], await PrintedAsync());
        Meters.Write(spec: spec => spec.Replace(Meters.Options, "trainer: forest", StringComparison.Ordinal));
        Assert.DoesNotContain(Rule, await PrintedAsync());
    }

    private async Task<IReadOnlyList<string>> PrintedAsync()
    {
        var printed = (await Workspace.RunAsync("trainyard", ["spec", Meters.Folder])).With(0);
        var lines = printed.Output.Split('\n').Select(line => line.Trim());
        return [.. lines.Where(line => line == Rule || line.StartsWith("options:", StringComparison.Ordinal))];
    }
}

public sealed class AutoOnFolderAndDuckDb : AutoTests<FolderAndDuckDb>;
