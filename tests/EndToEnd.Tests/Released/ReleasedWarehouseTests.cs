namespace Trainyard.Tests.EndToEnd;

/// <summary>The warehouse that version 1.0 left, with what it published, under the present programs.</summary>
public sealed class ReleasedWarehouseTests : WorkspaceTests<FolderAndDuckDb>
{
    [Fact]
    public async Task What_was_published_then_is_not_missing_and_what_comes_now_stands_beside_it()
    {
        var released = new ReleasedStore(Workspace, "orders");
        await released.RestoreAsync();
        const string All = "SELECT run, order_id, probability FROM trainyard.orders_predictions ORDER BY run, order_id";
        var before = await Workspace.QueryAsync(All);
        Assert.Equal(27, before.Count);

        Assert.Equal(
            "orders: the predictions of all 2 as-ofs from 2024-04-23 to 2024-04-24 are there.\n",
            (await CheckAsync(released, "2024-04-24T12:00:00Z")).With(0).Output
        );
        Assert.StartsWith(
            "Predictions of pipeline 'orders' are missing for 1 of 3 as-ofs: 2024-04-25.",
            (await CheckAsync(released, "2024-04-25T12:00:00Z")).With(65).LastWords,
            StringComparison.Ordinal
        );

        (await released.RunAsync("score", "2024-04-25T04:00:00Z")).With(0);

        (await CheckAsync(released, "2024-04-25T12:00:00Z")).With(0);
        var after = await Workspace.QueryAsync(All);
        Assert.Equal((before.Count + 9, before.Count), (after.Count, after.Intersect(before).Count()));
    }

    [Fact]
    public async Task What_is_predicted_has_its_name_in_rows_of_then_and_of_now()
    {
        var released = new ReleasedStore(Workspace, "orders");
        await released.RestoreAsync();
        await Workspace.ExecuteAsync("CREATE VIEW mine AS SELECT label FROM trainyard.orders_predictions_newest");

        var ended = (await released.RunAsync("score", "2024-04-25T04:00:00Z")).With(0);

        Assert.Matches(
            @"\n  order_id +cutoff +predicted_at +model +hindsight +probability +predicted *\n",
            ended.Output
        );
        var part = await Workspace.ReadTextAsync(
            await Workspace.FindAsync("orders/runs/score.20240425T040000Z.1/score/part-")
        );
        Assert.StartsWith(
            "order_id,cutoff,predicted_at,hindsight,probability,predicted\n",
            part,
            StringComparison.Ordinal
        );
        foreach (var view in new[] { "current", "newest" })
        {
            Assert.Equal(
                ["0"],
                await Workspace.QueryAsync(
                    $"SELECT count(*) FROM trainyard.orders_predictions_{view} WHERE predicted IS DISTINCT FROM label"
                )
            );
        }

        Assert.NotEqual(["0"], await Workspace.QueryAsync("SELECT count(*) FROM mine"));
    }

    [Fact]
    public async Task A_model_of_then_tells_no_reasons_and_the_run_says_what_to_do()
    {
        var released = new ReleasedStore(Workspace, "orders");
        await released.RestoreAsync();
        var spec = Path.Combine(released.Folder, "pipeline.yaml");
        await File.AppendAllTextAsync(
            spec,
            "predictions: {reasons: {top: 3}}\n",
            TestContext.Current.CancellationToken
        );

        var ended = (await released.RunAsync("score", "2024-04-26T04:00:00Z")).With(0);

        const string Why =
            " cannot say why it answers so, as none of version 1.0 can: this run has no reasons. Train again.";
        Assert.Contains(Why, ended.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["9"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM trainyard.orders_predictions_current WHERE run LIKE 'score.20240426%'"
            )
        );
        Assert.Equal(["0"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.orders_predictions_reasons"));
        var key = (
            await Workspace.QueryAsync(
                "SELECT order_id FROM trainyard.orders_predictions WHERE run LIKE 'score.20240426%' LIMIT 1"
            )
        )[0];
        Assert.EndsWith(
            "cannot say it, as none of version 1.0 can. Train again.\n",
            (await released.AskAsync("show", "score.20240426T040000Z.1", "--key", key)).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_model_with_predictions_of_then_is_kept()
    {
        var released = new ReleasedStore(Workspace, "orders");
        await released.RestoreAsync();

        (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "gc",
                    released.Folder,
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                    "--retention",
                    "1 day",
                ]
            )
        ).With(0);

        // That of the 22nd is rolled back, and made the predictions of the 23rd.
        Assert.Empty(
            new[] { "train.20240401T040000Z.1", "train.20240408T040000Z.1", "train.20240422T040000Z.1" }
                .Select(model => $"orders/models/{model}/card.json")
                .Except(await Workspace.ListAsync())
        );
    }

    private Task<Ended> CheckAsync(ReleasedStore released, string now) =>
        Workspace.RunAsync(
            "trainyard",
            [
                "check",
                released.Folder,
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
                "--since",
                "2024-04-23",
                "--as-of",
                now,
            ]
        );
}
