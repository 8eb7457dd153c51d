namespace Trainyard.Tests.EndToEnd;

/// <summary>Clusters: a task without a label, from the spec to the warehouse and the report.</summary>
public abstract class ClusteringTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private Shoppers Shoppers => new(Workspace);

    protected override Task PrepareAsync() => Shoppers.MakeAsync();

    [Fact]
    public async Task Clusters_are_published_with_how_far_rows_lie_from_them_and_told_of_in_the_report()
    {
        var ended = (await Shoppers.RunAsync("both", "2024-03-01")).With(0);

        Assert.Matches(
            @"and promoted it\. Silhouette is 0\.9\d+\. Its stability is 1\.000, where "
                + @"0\.950 or more is allowed \(stable_at_least\)\. There is no champion as of "
                + "2024-03-01T00:00:00Z, so there is nothing to compare it with",
            ended.Output.ReplaceLineEndings(" ")
        );
        Assert.Equal(
            ["1|15", "2|10", "3|5"],
            await Workspace.QueryAsync(
                "SELECT cluster, count(*) FROM trainyard.shoppers_predictions GROUP BY 1 ORDER BY 1"
            )
        );
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT min(distance) >= 0 AND max(distance) < 1 FROM trainyard.shoppers_predictions"
            )
        );
        var card = await Workspace.ReadJsonAsync("shoppers/models/train.20240301T000000Z.1/card.json");
        Assert.Null(card["definition"]!["label"]);
        Assert.Null(card["evaluation"]!["baseline"]);
        Assert.Equal(3, card["classes"]!.AsArray().Count);
        var report = await Workspace.ReadTextAsync(
            await Workspace.FindAsync("shoppers/runs/train.20240301T000000Z.1/report/report-")
        );
        Assert.Contains("The clusters", report, StringComparison.Ordinal);
        Assert.Contains("spend 101", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Label is null", report, StringComparison.Ordinal);
        Assert.DoesNotContain(">Baseline<", report, StringComparison.Ordinal);
        Assert.DoesNotContain("the baseline", report, StringComparison.Ordinal);
        Assert.Contains(
            "What is predicted",
            await Workspace.ReadTextAsync(
                await Workspace.FindAsync("shoppers/runs/score.20240301T000000Z.1/report/report-")
            ),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_cluster_keeps_its_number_over_trainings_and_a_new_one_gets_a_number_that_nobody_had()
    {
        (await Shoppers.RunAsync("both", "2024-03-01")).With(0);

        // A group comes up that is greater than all others, so that sizes alone would give it the first number.
        await Workspace.ExecuteAsync(
            "INSERT INTO visits SELECT id + more, ts, 60 + spend / 100, 90, 'firm', chance FROM visits, (VALUES (100), "
                + "(200)) AS copies(more) WHERE ts > '2024-03-01' AND (more = 100 OR id < 5)"
        );
        Shoppers.Write(gate: "{moved_at_most: 60%}");
        var ended = (await Shoppers.RunAsync("both", "2024-04-15")).With(0);

        Assert.Contains(
            "It has 4 clusters and the champion 3, so the metric of the two is not compared.",
            ended.Output.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["1|15", "2|10", "3|5", "4|35"],
            await Workspace.QueryAsync(
                "SELECT cluster, count(*) FROM trainyard.shoppers_predictions WHERE run = 'score.20240415T000000Z.1' "
                    + "GROUP BY 1 ORDER BY 1"
            )
        );
        Assert.Equal(
            ["0"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM trainyard.shoppers_predictions AS before JOIN trainyard.shoppers_predictions AS "
                    + "after USING (id) WHERE before.run <> after.run AND before.cluster <> after.cluster"
            )
        );
    }

    [Fact]
    public async Task A_model_that_has_moved_more_rows_than_may_be_is_refused()
    {
        (await Shoppers.RunAsync("train", "2024-03-01")).With(0);
        Shoppers.Write(clusters: "2");

        var ended = (await Shoppers.RunAsync("train", "2024-03-03")).With(0);

        Assert.Matches(
            @"and refused it\. Silhouette is .*, but its share of rows in another cluster than the champion's is "
                + @"\d\d\.\d\d %, where 20\.00 % or less is allowed \(moved_at_most\)\.",
            ended.Output.ReplaceLineEndings(" ")
        );
    }

    [Fact]
    public async Task Where_there_are_no_clusters_what_is_found_is_refused()
    {
        await Workspace.ExecuteAsync("UPDATE visits SET spend = chance, visits = 0, plan = 'free'");
        Shoppers.Write(clusters: "7");

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(0);

        Assert.Matches(
            @"and refused it\. Silhouette is .*, but its stability is 0\.\d+, where 0\.950 or more is allowed",
            ended.Output.ReplaceLineEndings(" ")
        );
    }

    [Fact]
    public async Task Reasons_are_of_the_distance_from_the_own_cluster()
    {
        Shoppers.Write(more: "predictions: {reasons: {top: 2}}");

        (await Shoppers.RunAsync("both", "2024-03-01")).With(0);

        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT count(DISTINCT id) = 30 AND count(*) <= 60 FROM trainyard.shoppers_predictions_reasons"
            )
        );
    }

    [Theory]
    [InlineData(
        "label: {column: spend, known_after: 1 day}",
        "label belongs to the task binary or multiclass or regression or anomaly; remove it."
    )]
    [InlineData(
        "gate: {better_than_baseline_by: 0.1}",
        "better_than_baseline_by belongs to the task binary or multiclass or regression or anomaly; remove it."
    )]
    [InlineData("gate: {baseline: spend}", "a column can be the baseline of the task regression alone; remove it.")]
    public async Task What_needs_a_label_is_78(string more, string mistake)
    {
        Shoppers.Write(more: more);

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(78);

        Assert.Contains(mistake, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_nothing_to_hold_clusters_against()
    {
        (await Shoppers.RunAsync("train", "2024-03-01")).With(0);

        var ended = (await Shoppers.RunAsync("measure", "2024-03-05")).With(78);

        Assert.Contains(
            "Pipeline 'shoppers' has no measure runs: without a label there is nothing to hold answers against. "
                + "Nothing was changed.",
            ended.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task More_clusters_than_rows_that_differ_is_65()
    {
        await Workspace.ExecuteAsync("UPDATE visits SET spend = 1, visits = 1, plan = 'free'");

        var ended = (await Shoppers.RunAsync("train", "2024-03-01")).With(65);

        Assert.Contains(
            "rows to learn from no more than 1 differ from each other, and model.options.clusters asks for 2 "
                + "clusters. Mend the rows, or ask for fewer.",
            ended.Error.ReplaceLineEndings(" "),
            StringComparison.Ordinal
        );
    }
}

public sealed class ClusteringOnFolderAndDuckDb : ClusteringTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class ClusteringOnPostgresAndS3 : ClusteringTests<PostgresAndS3>;
