namespace Trainyard.Tests.EndToEnd;

/// <summary>Somebody drops the table of predictions: the next run makes it again, and says what is not in it.</summary>
public abstract class DroppedTableTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task A_table_that_was_dropped_by_hand_is_made_again_and_filled_again()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-18")).With(0);
        await Workspace.ExecuteAsync("DROP TABLE trainyard.parcels_predictions CASCADE");

        // The run that has published stands, and is shown as far as it can be.
        var shown = (await Parcels.RunAsync("score", "2024-05-18")).With(0);
        Assert.StartsWith("Scored 60 rows with model ", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\nReport: ", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("The first of them", shown.Output, StringComparison.Ordinal);
        Assert.Contains(
            "The first predictions of run 'score.20240518T040000Z.1' cannot be shown: ",
            shown.Error,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("Nothing was", shown.Error, StringComparison.Ordinal);

        var again = (await Parcels.RunAsync("score", "2024-05-19")).With(0);
        Assert.Contains("parcels_predictions", again.Error, StringComparison.Ordinal);
        Assert.Contains("was gone, and has been made again", again.Error, StringComparison.Ordinal);
        Assert.Equal(["60|1"], await CountAsync());

        // What the warning says, done.
        var more = (await Parcels.RunAsync("score", "2024-05-18", "--again")).With(0);
        Assert.DoesNotContain("was gone", more.Error, StringComparison.Ordinal);
        Assert.Equal(["120|2"], await CountAsync());

        Task<IReadOnlyList<string>> CountAsync() =>
            Workspace.QueryAsync("SELECT count(*), count(DISTINCT run) FROM trainyard.parcels_predictions_current");
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task What_is_made_for_rows_that_never_come_is_told()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-18")).With(0);
        await Workspace.ExecuteAsync("DROP TABLE trainyard.parcels_predictions CASCADE");
        string[] warehouse = ["--warehouse", Workspace.Warehouse];
        (await Parcels.StepAsync("extract", "s1", ["--kind", "score", "--as-of", "2024-05-19", .. warehouse])).With(0);
        (await Parcels.StepAsync("features", "s1")).With(0);
        (await Parcels.StepAsync("score", "s1", "--shard", "1/1")).With(0);

        // Found out when it is read, which is when it is published.
        var part = await Parcels.FindAsync("s1", "score", "part-");
        var content = await Workspace.ReadAsync(part);
        await Workspace.WriteAsync(part, [.. content[..^2], (byte)'t', (byte)'\n']);
        var broken = (await Parcels.StepAsync("score", "s1", ["--publish", "1", .. warehouse])).With(65);

        if (TablesStand)
        {
            Assert.DoesNotContain("Nothing was", broken.LastWords, StringComparison.Ordinal);
            Assert.EndsWith(
                " the table trainyard.\"parcels_predictions\" is made again, for it was gone. No predictions of run s1 "
                    + "are published.",
                broken.LastWords,
                StringComparison.Ordinal
            );
        }
        else
        {
            Assert.Contains("Nothing was", broken.LastWords, StringComparison.Ordinal);
        }

        Assert.Equal(
            [TablesStand ? "1" : "0"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'parcels_predictions'"
            )
        );
        await Workspace.WriteAsync(part, content);
        (await Parcels.StepAsync("score", "s1", ["--publish", "1", .. warehouse])).With(0);
    }

    /// <summary>Whether schema and table are made in a transaction of their own.</summary>
    protected virtual bool TablesStand => false;
}

public sealed class DroppedTableOnFolderAndDuckDb : DroppedTableTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class DroppedTableOnPostgresAndS3 : DroppedTableTests<PostgresAndS3>
{
    protected override bool TablesStand => true;
}
