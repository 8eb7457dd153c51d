using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary><c>trainyard try</c> and <c>trainyard compare</c>: experiments on the rows of a run.</summary>
public abstract class TryTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const StringSplitOptions SplitEmpty = StringSplitOptions.RemoveEmptyEntries;
    private const string Run = "train.20240408T000000Z.1";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task Tries_are_measured_on_the_rows_of_a_run_and_set_side_by_side()
    {
        (await Meters.RunAsync("train")).With(0);
        var before = await Workspace.ListAsync();

        var first = (await TryAsync()).With(0).Output;
        Assert.Matches(
            $@"^Try 1 on {Run}: RMSE on 400 rows of validation is \d+\.\d+ \(\d+\.\d+ to \d+\.\d+\); "
                + @"lightgbm, \d+ trees?, \d+\.\d s\.\nAs in the run\.\n$",
            first
        );
        var second = (await TryAsync("--set", "model.options.max_trees=1", "--set", "model.options.leaves=2")).With(0);
        Assert.EndsWith(
            "\nOther than in the run: model.options.leaves=2, model.options.max_trees=1.\n",
            second.Output,
            StringComparison.Ordinal
        );

        // What stands is not learned again, and what other rows are for is there as it was.
        Assert.Equal($"Tried already: {first}", (await TryAsync()).With(0).Output);
        Assert.Equal(before, (await Workspace.ListAsync()).Where(name => !name.Contains("/tries/")));

        var table = (await CompareAsync("1", "2")).With(0).Output.Split('\n');
        Assert.Equal($"RMSE on 400 rows of validation of {Run}; lower is better", table[0]);
        Assert.Matches(
            "^try  rmse +95 % +gain over 1  95 % +trainer +size  seconds  otherwise than in the run$",
            table[1]
        );
        Assert.Matches(
            @"^2    \d+\.\d+ +\d+\.\d+ to \d+\.\d+  -\d+\.\d+ +-\d+\.\d+ to -\d+\.\d+  lightgbm  1 .* "
                + @"model\.options\.leaves=2",
            table[3]
        );
        Assert.Equal("95 % intervals from 1,000 paired resamples of 20 whole cutoffs, seed 1.", table[4]);

        // The same as a page.
        var page = Path.Combine(Workspace.Folder, "tries.html");
        var drawn = (await CompareAsync("1", "2", "--html", page)).With(0).Output;
        Assert.Equal([.. table[..^1], $"The page is {page}.", ""], drawn.Split('\n'));
        var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
        Assert.Contains("<th scope=\"row\">2<small>model.options.leaves=2, model.options.max_trees=1", html);
        Assert.Contains("<th scope=\"row\"><code>model.options.max_trees</code></th>", html);
        var charts = JsonNode.Parse(html.Split("id=\"charts\">")[1].Split("</script>")[0])!;
        Assert.Equal(["values", "gains", "reliability"], charts.AsObject().Select(chart => chart.Key));
        Assert.Equal(
            [("Try 1", 0.0), ("Try 2", Gain())],
            charts["gains"]!["data"]!["rows"]!
                .AsArray()
                .Select(row => ((string)row!["label"]!, Math.Round((double)row["value"]!, 2)))
        );
        Assert.Equal(
            ["Try 1", "Try 2"],
            charts["reliability"]!["data"]!["lines"]!.AsArray().Select(line => (string?)line!["name"])
        );
        var refused = (await CompareAsync("1", "2", "--html", Workspace.Folder)).With(64);
        Assert.Equal(
            ("", $"--html: '{Workspace.Folder}' is a folder; name a file in it. Nothing was changed."),
            (refused.Output, refused.LastWords)
        );

        double Gain() => Math.Round(double.Parse(table[3].Split("  ", SplitEmpty)[3], CultureInfo.InvariantCulture), 2);
    }

    [Fact]
    public async Task Looks_at_the_holdout_are_counted_and_told_of_the_model_that_shares_it()
    {
        (await Meters.RunAsync("train")).With(0);
        (await TryAsync("--set", "model.trainer=linear")).With(0);
        Assert.Equal(
            "Try 1 has no figures of the holdout: try the same with --holdout. Nothing was changed.",
            (await CompareAsync("1", "--holdout")).With(64).LastWords
        );
        var shown = (await TryAsync("--set", "model.trainer=linear", "--holdout")).With(0).Output;
        Assert.Contains(", on 600 rows of the holdout ", shown, StringComparison.Ordinal);
        (await TryAsync("--set", "model.trainer=linear", "--holdout")).With(0);

        Assert.StartsWith(
            $"RMSE on 600 rows of the holdout of {Run}, which was looked at once; lower is better\n",
            (await CompareAsync("2", "--holdout")).With(0).Output,
            StringComparison.Ordinal
        );
        var trained = (await Meters.RunAsync("train", "2024-04-09")).With(0).Output;
        Assert.Contains("Rows of the holdout were looked at once while options were tried", Flat(trained));
        var card = await Workspace.ReadJsonAsync("meters/models/train.20240409T000000Z.1/card.json");
        Assert.Equal(1, (int)card["evaluation"]!["looks"]!);
    }

    [Fact]
    public async Task Answers_of_classes_are_compared_and_what_cannot_be_tried_says_why()
    {
        Meters.Write(
            y: "CASE WHEN y > 75 THEN 'high' WHEN y > 40 THEN 'middle' ELSE 'low' END",
            spec: spec =>
                spec.Replace("task: regression", "task: multiclass", StringComparison.Ordinal)
                    .Replace("metric: rmse", "metric: log_loss", StringComparison.Ordinal)
        );
        (await Meters.RunAsync("train")).With(0);
        (await TryAsync()).With(0);
        (await TryAsync("--set", "metric=accuracy", "--set", "model.calibrate=none")).With(0);
        var compared = JsonNode.Parse((await CompareAsync("2", "1", "--output", "json")).With(0).Output)!;
        Assert.Equal("accuracy", (string?)compared["metric"]);
        Assert.Equal([2, 1], compared["tries"]!.AsArray().Select(each => (int)each!["number"]!));
        Assert.All(compared["tries"]!.AsArray(), each => Assert.InRange((double)each!["value"]!["value"]!, 0.8, 1));

        var state = await Workspace.StateAsync();
        await RefusedAsync(
            78,
            "--set model.options.leavs=7: there is no key 'leavs' here. Did you mean",
            "model.options.leavs=7"
        );
        await RefusedAsync(78, $"Run '{Run}' divides its rows otherwise (model.split)", "model.split.holdout=25 days");
        await RefusedAsync(78, $"The rows of run '{Run}' are not those that ", "label.known_after=2 days");
        await RefusedAsync(64, "--set is 'leaves', but a key of the spec and its value are expected", "leaves");
        Assert.Contains(
            $"There is no try 7 on run '{Run}' of pipeline 'meters': there are 1 and 2.",
            (await CompareAsync("7")).With(66).LastWords,
            StringComparison.Ordinal
        );
        Assert.Equal(state, await Workspace.StateAsync());
    }

    private async Task RefusedAsync(int code, string words, string change) =>
        Assert.StartsWith(words, (await TryAsync("--set", change)).With(code).LastWords, StringComparison.Ordinal);

    private Task<Ended> TryAsync(params string[] more) =>
        Workspace.RunAsync("trainyard", ["try", Meters.Folder, "--on", Run, "--store", Workspace.Store, .. more]);

    private Task<Ended> CompareAsync(params string[] more) =>
        Workspace.RunAsync("trainyard", ["compare", "meters", "--on", Run, "--store", Workspace.Store, .. more]);

    private static string Flat(string text) => text.ReplaceLineEndings(" ");
}

public sealed class TryOnFolderAndDuckDb : TryTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class TryOnPostgresAndS3 : TryTests<PostgresAndS3>;
