namespace Trainyard.Tests.EndToEnd;

/// <summary>A score run that finds half of a day waits for the rest.</summary>
public abstract class HeldBackTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Day = "day_start = TIMESTAMPTZ '2024-05-20 04:00:00+00'";
    private const string Compared =
        "rows.sql of model 'train.20240517T040000Z.1': 30 rows as of 2024-05-20 04:00:00+00 are too few, so the run is "
        + "held back: the 14 days with an as-of on a Monday that the model was trained on have 60 in the median, and "
        + "60 at the 2nd percentile, and below both 39 and 54 a run is held back. ";

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        await Parcels.TrainedAsync("2024-05-17");
        await Workspace.ExecuteAsync("CREATE TABLE late_parcels AS SELECT * FROM parcels WHERE parcel_id < 0");
    }

    [Fact]
    public async Task Half_a_day_is_not_there_yet_and_later_it_is_75()
    {
        await TakeAwayAsync(30);

        // The as-of is years ago: nobody waits.
        var late = (await Parcels.RunAsync("score", "2024-05-20")).With(75);
        Assert.Equal(
            Compared
                + "The rest is not there 4 hours after the as-of (inputs.wait): load it, and give the same command "
                + "again. If these are all, lower inputs.rows (65%). Nothing was changed.",
            late.LastWords.Replace('\u00a0', ' ')
        );

        Parcels.Edit("pipeline.yaml", "metric: auc", "metric: auc\ninputs: {wait: 1000 months}");
        var early = (await Parcels.ExtractAsync("score.1", "score", "2024-05-20")).With(76);
        Assert.Equal(
            Compared
                + "The rest may not be there yet: try again in a few minutes. If these are all, lower inputs.rows "
                + "(65%). Nothing was changed.",
            early.LastWords.Replace('\u00a0', ' ')
        );
        Assert.DoesNotContain(await Workspace.ListAsync(), name => name.StartsWith("parcels/runs/score"));

        Parcels.Edit("pipeline.yaml", "{wait: 1000 months}", "{rows: 0%}");
        (await Parcels.RunAsync("score", "2024-05-20")).With(0);
        Assert.Equal(["30"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));
    }

    [Fact]
    public async Task A_step_that_is_told_to_waits_itself_with_no_connection_open()
    {
        await TakeAwayAsync(60);
        Parcels.Edit("pipeline.yaml", "metric: auc", "metric: auc\ninputs: {wait: 1000 months}");

        using var extract = RunningProgram.Start(
            "extract",
            [
                .. new[] { "--pipeline", Parcels.Folder, "--run-id", "score.1", "--store", Workspace.Store },
                .. new[] { "--kind", "score", "--as-of", "2024-05-20", "--warehouse", Workspace.WarehouseAsReader },
                .. new[] { "--look-again", "2s" },
            ],
            Workspace.VariablesWith()
        );
        await extract.SaysAsync("Waiting for rows");
        await PutBackAsync();

        var ended = (await extract.EndAsync()).With(0);
        Assert.Contains("0 rows as of 2024-05-20 04:00:00+00 are too few", ended.Error.Replace('\u00a0', ' '));
        Assert.Contains("Waiting for rows, until 2107-09-20 04:00:00+00 at the latest", ended.Error);
        Assert.StartsWith("Extracted 60 rows", ended.Output, StringComparison.Ordinal);
        Assert.Equal(
            "usual",
            (string?)
                (await Workspace.ReadJsonAsync("parcels/runs/score.1/extract/manifest.json"))["details"]![
                    "comparable_rows"
                ]!["verdict"]
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task Few_rows_are_a_warning_and_so_many_as_usual_are_none()
    {
        await TakeAwayAsync(15);

        var few = (await Parcels.RunAsync("score", "2024-05-20")).With(0);
        Assert.Contains(
            "45 rows as of 2024-05-20 04:00:00+00 are few: the 14 days with an as-of on a Monday that the model was "
                + "trained on have 60 in the median, and 60 at the 2nd percentile. The run goes on: below both 39 and "
                + "54 a run is held back.",
            few.Error.Replace('\u00a0', ' ')
        );

        Assert.DoesNotContain("are few", (await Parcels.RunAsync("score", "2024-05-21")).With(0).Error);
    }

    private async Task TakeAwayAsync(int rows)
    {
        await Workspace.ExecuteAsync(
            $"INSERT INTO late_parcels SELECT * FROM parcels WHERE {Day} ORDER BY parcel_id LIMIT {rows}"
        );
        await Workspace.ExecuteAsync("DELETE FROM parcels WHERE parcel_id IN (SELECT parcel_id FROM late_parcels)");
    }

    private Task PutBackAsync() => Workspace.ExecuteAsync("INSERT INTO parcels SELECT * FROM late_parcels");
}

public sealed class HeldBackOnFolderAndDuckDb : HeldBackTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class HeldBackOnPostgresAndS3 : HeldBackTests<PostgresAndS3>;
