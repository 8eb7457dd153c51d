namespace Trainyard.Tests.EndToEnd;

/// <summary>A day whose inputs are unlike those of every day of training.</summary>
public abstract class MovedTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Model = "train.20240517T040000Z.1";
    private const string Moves =
        "SELECT input, moved_in, blocks, moved FROM trainyard.input_moves JOIN trainyard.runs USING (pipeline, run) "
        + "WHERE as_of = TIMESTAMPTZ ";

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        await Parcels.TrainedAsync("2024-05-17");

        // Weighed in another unit on one day; on the next one depot has another name.
        await Workspace.ExecuteAsync(
            "UPDATE parcels SET weight = weight * 10 WHERE day_start = TIMESTAMPTZ '2024-05-21 04:00:00+00'"
        );
        await Workspace.ExecuteAsync(
            "UPDATE parcels SET depot = 'port' WHERE depot = 'harbour' AND day_start = TIMESTAMPTZ '2024-05-22 "
                + "04:00:00+00'"
        );
        Parcels.Edit("pipeline.yaml", "metric: auc", "metric: auc\ninputs: {unseen_at_most: 50%}");
    }

    [Fact]
    public async Task It_is_told_in_the_log_in_the_warehouse_and_in_the_report()
    {
        var usual = (await Parcels.RunAsync("score", "2024-05-20")).With(0);
        Assert.DoesNotContain("have moved", usual.Error, StringComparison.Ordinal);
        Assert.Equal(
            ["6|6|100|f"],
            await Workspace.QueryAsync(
                "SELECT count(*), count(DISTINCT input), min(blocks), bool_or(moved) FROM trainyard.input_moves"
            )
        );

        var unit = (await Parcels.RunAsync("score", "2024-05-21")).With(0);
        Assert.Contains(
            "score: The inputs have moved: more unusual than in any of the 100 blocks of training are ",
            unit.Error.Replace('\u00a0', ' '),
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["load|values|100|t", "weight|values|100|t"],
            await Workspace.QueryAsync($"{Moves}'2024-05-21 04:00:00+00' AND moved ORDER BY input")
        );

        // Published again it is the same rows.
        (await Parcels.RunAsync("score", "2024-05-22")).With(0);
        Assert.Equal(
            ["depot|values|100|t"],
            await Workspace.QueryAsync($"{Moves}'2024-05-22 04:00:00+00' AND moved ORDER BY input")
        );
        Assert.Equal(["18"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.input_moves"));

        var report = await Workspace.ReadTextAsync(
            await Parcels.FindAsync("score.20240522T040000Z.1", "report", "report-")
        );
        Assert.Contains("is more unusual than the most unusual of the 100", report, StringComparison.Ordinal);
        Assert.Contains("How they have moved from run to run", report, StringComparison.Ordinal);
        Assert.Contains("weight, 21 May 2024: ", report, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_spec_says_refuse_the_run_is_65_and_publishes_nothing()
    {
        Parcels.Edit("pipeline.yaml", "{unseen_at_most: 50%}", "{unseen_at_most: 50%, moved: refuse}");

        (await Parcels.RunAsync("score", "2024-05-20")).With(0);
        var refused = (await Parcels.RunAsync("score", "2024-05-22")).With(65);

        Assert.Contains(
            "The inputs are not what the model learned from: more unusual than in any of the 100 blocks of training "
                + "are 'depot' in what it holds. Mend the rows, raise the limits in 'inputs', or train again.",
            refused.LastWords.Replace('\u00a0', ' '),
            StringComparison.Ordinal
        );
        Assert.Equal(["60"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));
    }

    [Fact]
    public async Task What_is_known_of_the_blocks_is_in_the_package_and_checked()
    {
        var file = await Workspace.FindAsync($"parcels/models/{Model}/blocks-");
        await Workspace.WriteTextAsync(
            file,
            (await Workspace.ReadTextAsync(file)).Replace("\"median\": 60", "\"median\": 6", StringComparison.Ordinal)
        );

        var ended = (await Parcels.RunAsync("score", "2024-05-20")).With(65);
        Assert.Contains(file, ended.LastWords, StringComparison.Ordinal);
    }
}

public sealed class MovedOnFolderAndDuckDb : MovedTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class MovedOnPostgresAndS3 : MovedTests<PostgresAndS3>;
