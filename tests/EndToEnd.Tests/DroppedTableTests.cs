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
}

public sealed class DroppedTableOnFolderAndDuckDb : DroppedTableTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class DroppedTableOnPostgresAndS3 : DroppedTableTests<PostgresAndS3>;
