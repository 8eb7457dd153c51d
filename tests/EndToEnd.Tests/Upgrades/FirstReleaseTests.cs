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

    private Task<Ended> RunAsync(string kind, string asOf) =>
        FirstRelease.RunAsync(
            Workspace,
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

    private Task<IReadOnlyList<string>> LaterAsync() =>
        Workspace.QueryAsync("SELECT count(*) FROM information_schema.tables WHERE table_name = 'later_migrations'");
}

[Trait("Suite", Suites.Slow)]
public sealed class FirstReleaseOnFolderAndDuckDb : FirstReleaseTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class FirstReleaseOnPostgresAndS3 : FirstReleaseTests<PostgresAndS3>;
