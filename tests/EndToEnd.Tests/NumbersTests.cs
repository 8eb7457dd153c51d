using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Numbers that 32 bits cannot hold, and rows from which nothing can be learned.</summary>
public abstract class NumbersTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task A_constant_added_to_label_and_feature_changes_no_metric_and_no_decision()
    {
        await LoadAsync();

        var small = await TrainAsync("small", "u AS x, 100 * u + 20 * v AS y");
        var epoch = await TrainAsync("epoch", "u AS x, 1730000000 + 100 * u + 20 * v AS y");
        var ids = await TrainAsync("ids", "1000000000000000 + 1000 * u AS x, 10000000000 + 100 * u + 20 * v AS y");

        var rmse = Metric(small, "model");
        Assert.InRange(rmse, 5.5, 7.5);
        Assert.Equal(rmse, Metric(epoch, "model"), 0.01);
        Assert.Equal(rmse, Metric(ids, "model"), 0.1);
        Assert.All([epoch, ids], card => Assert.Equal(Metric(small, "baseline"), Metric(card, "baseline"), 1e-4));
        foreach (var name in new[] { "small", "epoch", "ids" })
        {
            Assert.Equal("promote", (string?)(await Workspace.ReadJsonAsync($"{name}/promotions/000001.json"))["kind"]);
        }

        (await RunAsync("epoch", "score")).With(0);
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT count(*) = 20 AND max(abs(p.value - y)) < 25 FROM trainyard.epoch_predictions AS p JOIN "
                    + "(SELECT *, 1730000000 + 100 * u + 20 * v AS y FROM readings) AS r ON r.id = p.id AND "
                    + "r.ts = p.cutoff"
            )
        );
    }

    [Fact]
    public async Task Missing_values_of_a_large_column_take_their_own_branch()
    {
        await LoadAsync();

        var card = await TrainAsync(
            "missing",
            "u < 0.7 AS y, CASE WHEN u < 0.3 THEN NULL WHEN u < 0.7 THEN 2000000000 + 1000 * v "
                + "ELSE 1000000000 + 1000 * v END AS x",
            "binary",
            "auc"
        );

        // LightGBM may put the end of one group and the beginning of the other into one of its bins.
        Assert.InRange(Metric(card, "model"), 0.999, 1);
    }

    [Fact]
    public async Task Labels_that_are_all_the_same_are_65_and_nothing_is_promoted()
    {
        await LoadAsync();
        WritePipeline("zero", "u AS x, 0 AS y", "regression", "rmse");

        var ended = (await RunAsync("zero", "train")).With(65);

        Assert.Contains("Nothing can be learned from the ", ended.Error + ended.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name => name.Contains("zero/promotions", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_row_share_that_leaves_no_row_to_a_tree_is_65()
    {
        await LoadAsync();
        WritePipeline("few", "u AS x, v AS y", "regression", "rmse", "row_share: 0.01%");

        var ended = (await RunAsync("few", "train")).With(65);

        Assert.Contains(
            "row_share leaves less than one to a tree",
            ended.Error + ended.Output,
            StringComparison.Ordinal
        );
    }

    /// <summary>Ten rows a day, whose u and v are from 0 to 1.</summary>
    private Task LoadAsync()
    {
        var random = new Random(4);
        return Workspace.LoadAsync(
            "readings",
            "id integer, ts timestamptz, u double precision, v double precision",
            Enumerable
                .Range(0, 366 * 20)
                .Select(i =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{i % 20},{new DateTime(2024, 1, 1).AddDays(i / 20):yyyy-MM-dd}T00:00:00Z,"
                            + $"{random.Next(1000) / 1000.0},{random.Next(1000) / 1000.0}"
                    )
                )
        );
    }

    private async Task<JsonNode> TrainAsync(
        string name,
        string columns,
        string task = "regression",
        string metric = "rmse"
    )
    {
        WritePipeline(name, columns, task, metric);
        (await RunAsync(name, "train")).With(0);
        return await Workspace.ReadJsonAsync($"{name}/models/train.20241215T000000Z.1/card.json");
    }

    private void WritePipeline(
        string name,
        string columns,
        string task,
        string metric,
        string options = "max_trees: 40"
    )
    {
        Workspace.WriteFile(
            $"pipelines/{name}/pipeline.yaml",
            $$"""
            version: 1
            name: {{name}}
            clock: {zone: UTC, every: day}
            rows: {sql: rows.sql, key: [id], cutoff: ts, history: 200 days}
            label: {column: y, known_after: 1 day}
            features:
              numbers: [x]
            model: {task: {{task}}, options: { {{options}} }, split: {validation: 28 days, holdout: 28 days} }
            metric: {{metric}}

            """
        );
        Workspace.WriteFile(
            $"pipelines/{name}/rows.sql",
            $$$"""SELECT id, ts, {{{columns}}} FROM readings WHERE ts > {{ from }} AND ts <= {{ to }}"""
        );
    }

    private static double Metric(JsonNode card, string whose) =>
        card["evaluation"]![whose]!["metric"]!["value"]!.GetValue<double>();

    private Task<Ended> RunAsync(string pipeline, string kind) =>
        Workspace.RunAsync(
            "trainyard",
            [
                "run",
                Path.Combine(Workspace.Folder, "pipelines", pipeline),
                "--kind",
                kind,
                "--as-of",
                "2024-12-15",
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
            ]
        );
}

public sealed class NumbersOnFolderAndDuckDb : NumbersTests<FolderAndDuckDb>;
