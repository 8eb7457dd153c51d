namespace Trainyard.Tests.EndToEnd;

/// <summary>Programs of 1.0 beside those of today on one warehouse: teams do not upgrade in one night.</summary>
public abstract class FirstReleaseTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task It_goes_on_publishing_after_a_newer_version_has_migrated()
    {
        (await RunAsync("both", "2024-05-20")).With(0);
        Assert.Equal(["0"], await LaterAsync());

        (await Workspace.RunAsync("trainyard", ["migrate", "--warehouse", Workspace.Warehouse])).With(0);
        Assert.NotEqual(
            ["0"],
            await Workspace.QueryAsync("SELECT count(*) FROM trainyard.later_migrations WHERE oldest_writer = '1.0'")
        );

        (await RunAsync("score", "2024-05-21")).With(0);
        Assert.Equal(
            ["60|2024-05-20", "60|2024-05-21"],
            await Workspace.QueryAsync(
                "SELECT count(*), CAST(CAST(cutoff AS date) AS text) FROM trainyard.parcels_predictions_current GROUP "
                    + "BY 2 "
                    + "ORDER BY 2"
            )
        );

        // What it has done can be recorded like ours.
        (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "record",
                    "parcels",
                    "score.20240521T040000Z.1",
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                ]
            )
        ).With(0);
        Assert.Equal(
            ["score|train.20240520T040000Z.1|0"],
            await Workspace.QueryAsync("SELECT kind, model, exit_code FROM trainyard.run_outcomes")
        );
    }

    [Fact]
    public async Task It_goes_on_publishing_after_the_table_has_got_a_column()
    {
        (await RunAsync("both", "2024-05-20")).With(0);
        await Workspace.ExecuteAsync("CREATE VIEW late AS SELECT label FROM trainyard.parcels_predictions_current");
        await WhileReadAsync("parcels_predictions", "2024-05-21");

        (await Parcels.RunAsync("score", "2024-05-21")).With(0);
        (await RunAsync("score", "2024-05-22")).With(0);
        (await Parcels.RunAsync("score", "2024-05-23")).With(0);

        foreach (var view in new[] { "current", "newest" })
        {
            Assert.Equal(
                ["240|0|240"],
                await Workspace.QueryAsync(
                    "SELECT count(*), sum(CASE WHEN predicted = label THEN 0 ELSE 1 END), (SELECT count(*) FROM late) "
                        + $"FROM trainyard.parcels_predictions_{view}"
                )
            );
        }
    }

    /// <summary>So it can tell of today's runs, whoever rolls back to it; of those that say more it knows nothing, and
    /// has no format to refuse them by.</summary>
    [Fact]
    public async Task It_goes_on_with_a_run_whose_spec_says_nothing_new()
    {
        (await Parcels.ExtractAsync("r1", "train", "2024-05-20")).With(0);
        (await StepAsync("features", "r1")).With(0);
        (await StepAsync("train", "r1")).With(0);

        Parcels.Edit("pipeline.yaml", "task: binary", "task: binary\n  serve: measured");
        (await Parcels.ExtractAsync("r2", "train", "2024-05-20")).With(0);
        Assert.Contains("run.json", (await StepAsync("features", "r2")).With(65).LastWords, StringComparison.Ordinal);
    }

    /// <summary>On PostgreSQL the column waits for whoever holds the table, and not for long.</summary>
    private async Task WhileReadAsync(string table, string asOf)
    {
        if (Workspace is not PostgresAndS3 postgres)
        {
            return;
        }

        await using var reader = await postgres.Database.ConnectAsync();
        await using var transaction = await reader.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var command = reader.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM trainyard.{table}";
        await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        var ended = (await Parcels.RunAsync("score", asOf)).With(75);
        Assert.Contains(
            $"The table trainyard.{table} or a view of it is to get columns that this version publishes, and for 5 "
                + "seconds another session did not let go of it. SELECT pid, ",
            ended.LastWords,
            StringComparison.Ordinal
        );
    }

    private Task<Ended> RunAsync(string kind, string asOf) =>
        FirstRelease.RunAsync(
            Workspace,
            "trainyard",
            "run",
            Parcels.Folder,
            "--kind",
            kind,
            "--as-of",
            asOf,
            "--store",
            Workspace.Store,
            "--warehouse",
            Workspace.Warehouse
        );

    private Task<Ended> StepAsync(string step, string runId) =>
        FirstRelease.RunAsync(Workspace, step, "--pipeline", "parcels", "--run-id", runId, "--store", Workspace.Store);

    private Task<IReadOnlyList<string>> LaterAsync() =>
        Workspace.QueryAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 'later_migrations'");
}

[Trait("Suite", Suites.Slow)]
public sealed class FirstReleaseOnFolderAndDuckDb : FirstReleaseTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class FirstReleaseOnPostgresAndS3 : FirstReleaseTests<PostgresAndS3>;
