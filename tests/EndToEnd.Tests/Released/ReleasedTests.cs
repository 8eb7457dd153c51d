namespace Trainyard.Tests.EndToEnd;

/// <summary>Stores that version 1.0 left, under the present programs: its runs are read and taken up, its models
/// answer as they did and are compared.</summary>
public abstract class ReleasedTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    /// <summary>A new run each, but for the second of orders, which 1.0 left before its scores.</summary>
    [Theory]
    [InlineData("orders", "2024-04-28T04:00:00Z", "score.20240428T040000Z.1", 9)]
    [InlineData("orders", "2024-04-25T04:00:00Z", "score.20240425T040000Z.1", 9)]
    [InlineData("orders", "2024-04-07T04:00:00Z", "score.20240407T040000Z.1", 9)]
    [InlineData("meters", "2024-04-21T22:00:00Z", "score.20240421T220000Z.1", 14)]
    [InlineData("samples", "2024-03-03T00:00:00Z", "score.20240303T000000Z.1", 100)]
    public async Task A_champion_answers_bit_for_bit_as_it_did(string pipeline, string asOf, string run, int rows)
    {
        var released = await RestoreAsync(pipeline);

        (await released.RunAsync("score", asOf)).With(0);

        Assert.Equal(released.Predictions(run), await released.ScoredAsync(run));
        var table = pipeline == "samples" ? "samples_answers" : $"{pipeline}_predictions";
        Assert.Equal(
            [$"{rows}"],
            await Workspace.QueryAsync($"SELECT count(*) FROM trainyard.{table} WHERE run = '{run}'")
        );
    }

    [Fact]
    public async Task A_shard_of_then_and_one_of_now_are_published_together()
    {
        const string Run = "score.20240304T000000Z.1";
        var released = await RestoreAsync("samples");

        (await released.StepAsync("score", Run, "--shard", "2/2")).With(0);
        (await released.StepAsync("score", Run, "--publish", "2", "--warehouse", Workspace.Warehouse)).With(0);

        Assert.Equal(released.Predictions(Run), await released.ScoredAsync(Run));
        Assert.Equal(
            ["100"],
            await Workspace.QueryAsync($"SELECT count(*) FROM trainyard.samples_answers WHERE run = '{Run}'")
        );
    }

    [Fact]
    public async Task A_train_run_of_then_is_the_same_definition_and_its_challenger_is_compared()
    {
        var released = await RestoreAsync("orders");

        var ended = (await released.RunAsync("train", "2024-04-29T04:00:00Z")).With(0);

        Assert.StartsWith("train.20240429T040000Z.1\n", ended.Error, StringComparison.Ordinal);
        Assert.Equal(2, ended.Error.Split("done already").Length - 1);
        Assert.Contains(
            "rows that neither has learned the champion train.20240408T040000Z.1 has",
            ended.Output,
            StringComparison.Ordinal
        );

        // What is no part of the question.
        released.Edit("pipeline.yaml", "null_at_most: 10%", "null_at_most: 20%");
        released.Edit("pipeline.yaml", "keep: 4}", "keep: 3}");
        released.Edit("pipeline.yaml", "keep: 12}", "keep: 10}");
        released.Edit("pipeline.yaml", "history: 49 days", "history: 50 days");
        Assert.Contains(
            "rows that neither has learned the champion train.",
            (await released.RunAsync("train", "2024-05-06T04:00:00Z")).With(0).Output,
            StringComparison.Ordinal
        );

        // And what is.
        released.Edit("pipeline.yaml", "numbers: [amount, items, discount]", "numbers: [amount, items]");
        Assert.Contains(
            "answers other rows, another label or other features.",
            (await released.RunAsync("train", "2024-05-13T04:00:00Z")).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("meters", "2024-04-28T22:00:00Z", "train.20240414T220000Z.1")]
    [InlineData("samples", "2024-03-04T00:00:00Z", "train.20240302T000000Z.1")]
    [Trait("Suite", Suites.Slow)]
    public async Task A_challenger_of_now_is_compared(string pipeline, string asOf, string champion)
    {
        var released = await RestoreAsync(pipeline);

        Assert.Contains(
            $"rows that neither has learned the champion {champion} has",
            (await released.RunAsync("train", asOf)).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Runs_are_listed_shown_and_reported()
    {
        var released = await RestoreAsync("orders");

        var runs = (await released.AskAsync("runs")).With(0).Output;
        foreach (
            var run in (string[])["train.20240401T040000Z.1", "score.20240424T040000Z.1", "score.20240427T040000Z.1"]
        )
        {
            Assert.Contains(run, runs, StringComparison.Ordinal);
            Assert.Contains(run, (await released.AskAsync("show", run)).With(0).Output, StringComparison.Ordinal);
        }

        // What it left as fields is drawn as exhibits.
        var trained = await ReportAsync(released, "train.20240401T040000Z.1");
        foreach (
            var shown in (string[])["metric", "roc", "precision-recall", "reliability", "scores", "weeks", "timeline"]
        )
        {
            Assert.Contains($"data-chart=\"{shown}\"", trained, StringComparison.Ordinal);
        }

        Assert.Contains("Importance of each column", trained, StringComparison.Ordinal);
        var scored = await ReportAsync(released, "score.20240424T040000Z.1");
        Assert.Contains("data-chart=\"spread\"", scored, StringComparison.Ordinal);
        Assert.Matches(
            "predictions\\.</strong> [0-9,]+ of them \\([0-9.]+ %\\) reach the threshold",
            System.Net.WebUtility.HtmlDecode(scored).Replace('\u00a0', ' ')
        );
        var samples = await RestoreAsync("samples");
        var saved = Path.Combine(Workspace.Folder, "report.html");
        (await samples.AskAsync("show", "train.20240301T000000Z.1", "--report", saved)).With(0);
        Assert.Contains("samples", await File.ReadAllTextAsync(saved, Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Champions_are_rolled_back_and_promoted_again_and_nothing_needed_is_dropped()
    {
        var released = await RestoreAsync("orders");

        Assert.Equal(
            "Rollback 6: promotion 2 is undone; train.20240401T040000Z.1 serves as-ofs from 2024-04-08T04:00:00Z on.\n",
            (await released.AskAsync("rollback", "--who", "ada", "--why", "tried")).With(0).Output
        );
        (await released.AskAsync("promote", "train.20240415T040000Z.1", "--who", "ada", "--why", "tried")).With(0);
        (
            await Workspace.RunAsync(
                "trainyard",
                ["gc", released.Folder, "--store", Workspace.Store, "--retention", "1 day"]
            )
        ).With(0);

        var verified = (await released.AskAsync("verify")).With(0).Output.TrimEnd().Split('\n');
        Assert.Equal(2, verified.Length);
        Assert.StartsWith("train.20240415T040000Z.1: the champion, promoted ", verified[0], StringComparison.Ordinal);
        Assert.StartsWith("train.20240401T040000Z.1: promoted ", verified[1], StringComparison.Ordinal);
        Assert.All(verified, line => Assert.EndsWith("Z: ok", line, StringComparison.Ordinal));
    }

    private async Task<string> ReportAsync(ReleasedStore released, string run)
    {
        (await released.StepAsync("report", run)).With(0);
        return await Workspace.ReadTextAsync(await Workspace.FindAsync($"orders/runs/{run}/report/report-"));
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<ReleasedStore> RestoreAsync(string pipeline)
    {
        var released = new ReleasedStore(Workspace, pipeline);
        await released.RestoreAsync();
        return released;
    }
}

public sealed class ReleasedOnFolderAndDuckDb : ReleasedTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class ReleasedOnPostgresAndS3 : ReleasedTests<PostgresAndS3>;
