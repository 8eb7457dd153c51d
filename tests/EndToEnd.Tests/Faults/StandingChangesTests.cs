using System.Runtime.Versioning;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Failures after something was changed: the sentence says what stands, and never that nothing was
/// changed.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StandingChangesTests : ParcelsTests<FolderAndDuckDb>
{
    [Fact]
    public async Task A_disk_that_is_full_after_the_commit_does_not_unpublish_the_predictions()
    {
        await Parcels.TrainedAsync("2024-05-20");
        var day = new ScoreDay(Workspace, Parcels);
        (await day.RunAsync("extract", "s1")).With(0);
        (await day.RunAsync("features", "s1")).With(0);
        var disk = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "disk")).FullName;

        // A disk with room for four names more: the step's folder, its part, its summary, and the manifest while it is
        // being written; there is none to give it the name that counts.
        var ended = (
            await Programs.ShellAsync(
                $"""
                exec unshare -rm sh -c '
                    mount -t tmpfs disk "{disk}" && cp -r "{Workspace.Store}/." "{disk}" &&
                    mkdir -p "{disk}/.unfinished" &&
                    mount -o remount,nr_inodes=$(($(find "{disk}" | wc -l) + 4)) "{disk}" && exec "$@"' sh "$@"
                """,
                "score",
                ["--pipeline", "parcels", "--run-id", "s1", "--store", disk, "--warehouse", Workspace.Warehouse]
            )
        ).With(69);

        Assert.Matches(
            $"^The store {disk} cannot be used at 'parcels/runs/s1/score/manifest.json': "
                + "No space left on device: make room\\. The predictions of run s1 are published in "
                + "trainyard.parcels_predictions; the same command completes the run, and publishes nothing twice\\.$",
            ended.LastWords
        );
        Assert.Equal(60, (await day.PredictionsAsync("s1")).Count);

        // And so it does.
        (await day.RunAsync("score", "s1")).With(0);
        Assert.Equal(60, (await day.PredictionsAsync("s1")).Count);
    }

    [Fact]
    public async Task A_run_that_fails_after_another_says_that_the_first_stays()
    {
        await Parcels.TrainedAsync("2024-05-20");
        await Workspace.ExecuteAsync(
            """
            CREATE SCHEMA trainyard;
            CREATE TABLE trainyard.migrations (
                number integer NOT NULL PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL
            );
            INSERT INTO trainyard.migrations VALUES (99, 'of another time', TIMESTAMPTZ '2030-01-01 00:00:00Z')
            """
        );

        var ended = (await Parcels.RunAsync("both", "2024-05-20")).With(78);

        Assert.EndsWith(
            " Use that version or a later one. Run train.20240520T040000Z.1 is done, and stays. Run "
                + "'score.20240520T040000Z.1' is frozen, and stays.",
            ended.LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_report_that_fails_after_the_score_does_not_unpublish_the_predictions()
    {
        await Parcels.TrainedAsync("2024-05-20");
        const string Run = "score.20240521T040000Z.1";
        await Workspace.WriteTextAsync($"parcels/runs/{Run}/report", "in the way of its folder");

        var ended = (await Parcels.RunAsync("score", "2024-05-21")).With(78);

        Assert.Contains(
            $" Run '{Run}' is frozen, and stays. Scored 60 rows with model train.20240520T040000Z.1, ",
            ended.LastWords,
            StringComparison.Ordinal
        );
        Assert.EndsWith("; published in trainyard.parcels_predictions.", ended.LastWords, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing was", ended.LastWords, StringComparison.Ordinal);
        Assert.Equal(["60"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions_current"));

        // What was done before it has not been done by it.
        Assert.EndsWith(" Nothing was changed.", (await Parcels.RunAsync("score", "2024-05-21")).With(78).LastWords);
    }

    [Fact]
    public async Task A_report_that_is_saved_stays_where_the_warehouse_is_missing()
    {
        await Parcels.TrainedAsync("2024-05-20");
        (await Parcels.RunAsync("score", "2024-05-21")).With(0);
        var report = Path.Combine(Workspace.Folder, "report.html");

        var ended = (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "show",
                    "parcels",
                    "score.20240521T040000Z.1",
                    "--store",
                    Workspace.Store,
                    "--report",
                    report,
                    "--warehouse",
                    "duckdb:/nowhere.duckdb",
                ]
            )
        ).With(66);

        Assert.Equal(
            $"The warehouse duckdb:/nowhere.duckdb is not there: no file /nowhere.duckdb. The report is in {report}.",
            ended.LastWords
        );
        Assert.True(File.Exists(report));
    }
}
