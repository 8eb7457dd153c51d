using System.Text.RegularExpressions;

namespace Trainyard.Tests.EndToEnd;

/// <summary>One verdict on a model, made under the log as it is, and the same wherever it is told.</summary>
public abstract class VerdictTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string First = "train.20240408T000000Z.1";
    private const string Second = "train.20240408T000000Z.2";

    private Meters Meters => new(Workspace);

    protected override Task PrepareAsync() => Meters.MakeAsync();

    [Fact]
    public async Task A_model_that_has_learned_nothing_is_refused_and_scoring_says_what_became_of_it()
    {
        Meters.Write(x: "0 * x");

        var ended = (await Meters.RunAsync("both")).With(66);

        Assert.Matches(
            $@"Trained {First}, and refused it\. The model has learned nothing: it answers [0-9.]+ for every row\. "
                + "RMSE is ",
            ended.Output
        );
        Assert.Matches(
            $@"^Pipeline 'meters' has no champion: its model {First} was refused\. The model has "
                + @"learned nothing: .* If it is to serve all the same, promote it by hand: trainyard promote meters "
                + $@"{First} --why REASON\. Run {First} is done, and stays\.$",
            ended.LastWords
        );
        Assert.Equal("refuse", (string?)(await Workspace.ReadJsonAsync("meters/promotions/000001.json"))["kind"]);
        Assert.Contains("Refused.", await ReportAsync(First), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_first_trial_scores_with_the_model_it_has_trained_and_leaves_no_decision()
    {
        var ended = (await Meters.RunAsync("both", Meters.AsOf, "--trial", "1500")).With(0);

        Assert.Contains($"rows with model {First}; a trial publishes nothing.", ended.Output, StringComparison.Ordinal);
        Assert.Contains("A trial never promotes. RMSE is ", await ReportAsync(First), StringComparison.Ordinal);
        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name => name.Contains("promotions", StringComparison.Ordinal)
        );
        Assert.Equal(
            "Pipeline 'meters' has no champion: no train run has come to a decision yet, which a trial never does. "
                + "Make a "
                + $"train run, or name a model with --model, such as {First}. Nothing was changed.",
            (await Meters.RunAsync("score")).With(66).LastWords
        );
    }

    [Fact]
    public async Task Training_that_is_resumed_decides_under_the_log_as_it_is()
    {
        Meters.Write(spec: spec => spec.Replace("max_trees: 20", "max_trees: 3", StringComparison.Ordinal));
        (await Meters.RunAsync("train")).With(0);
        await Workspace.DeleteAsync("meters/promotions/000001.json");
        await Workspace.DeleteAsync($"meters/runs/{First}/train/manifest.json");
        foreach (
            var report in (await Workspace.ListAsync()).Where(name =>
                name.StartsWith($"meters/runs/{First}/report/", StringComparison.Ordinal)
            )
        )
        {
            await Workspace.DeleteAsync(report);
        }

        // Meanwhile another model has become champion, a better one.
        Meters.Write();
        (await Meters.RunAsync("train")).With(0);

        var resumed = (await Meters.StepAsync("train", First)).With(0);
        Assert.Matches(
            $@"Trained {First}, and refused it\. On the 600 rows that neither has learned the champion {Second} has "
                + @"[0-9.]+ and the model [0-9.]+: worse by .*The champion serves on\.",
            resumed.Error + resumed.Output
        );
        (await Meters.StepAsync("report", First)).With(0);
        var page = await ReportAsync(First);
        Assert.Contains("Refused.", page, StringComparison.Ordinal);
        Assert.Contains($"Champion {Second}", page, StringComparison.Ordinal);
        Assert.Equal(
            ["promote", "refuse"],
            new[]
            {
                (string?)(await Workspace.ReadJsonAsync("meters/promotions/000001.json"))["kind"],
                (string?)(await Workspace.ReadJsonAsync("meters/promotions/000002.json"))["kind"],
            }
        );

        // Asked again it says the same, and writes nothing twice.
        await Workspace.DeleteAsync($"meters/runs/{First}/train/manifest.json");
        Assert.Contains(
            "and refused it",
            (await Meters.StepAsync("train", First)).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("meters/promotions/000003.json", await Workspace.ListAsync());
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task The_warehouse_has_the_verdict_of_the_log_after_every_publication()
    {
        (await Meters.RunAsync("both")).With(0);
        Assert.Equal([$"{First}|t|RMSE"], await VerdictsAsync());

        (await CommandAsync("rollback", "late readings doubled")).With(0);
        (await Meters.RunAsync("score", "2024-04-07", "--model", First)).With(0);
        Assert.Equal([$"{First}|f|It was rolled back by ada: late readings doubled"], await VerdictsAsync());

        (await CommandAsync("promote", "the meters were wrong", First)).With(0);
        (await Meters.RunAsync("score", "2024-04-09")).With(0);
        Assert.Equal([$"{First}|t|the meters were wrong"], await VerdictsAsync());
    }

    private Task<Ended> CommandAsync(string command, string why, params string[] model) =>
        Workspace.RunAsync(
            "trainyard",
            [command, "meters", .. model, "--store", Workspace.Store, "--who", "ada", "--why", why]
        );

    private async Task<IReadOnlyList<string>> VerdictsAsync() =>
        [
            .. (
                await Workspace.QueryAsync("SELECT model, promoted, reason FROM trainyard.models ORDER BY model")
            ).Select(row => Regex.Replace(row, @"\|RMSE is .*$", "|RMSE")),
        ];

    /// <summary>What a person reads in the report of a run.</summary>
    private async Task<string> ReportAsync(string run)
    {
        var html = await Workspace.ReadTextAsync(await Workspace.FindAsync($"meters/runs/{run}/report/report-"));
        var markup = Regex.Replace(html, "<(script|style)[ >].*?</\\1>", "", RegexOptions.Singleline);
        return Regex.Replace(Regex.Replace(markup, "<[^>]*>", " "), @"\s+", " ");
    }
}

public sealed class VerdictsOnFolderAndDuckDb : VerdictTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class VerdictsOnPostgresAndS3 : VerdictTests<PostgresAndS3>;
