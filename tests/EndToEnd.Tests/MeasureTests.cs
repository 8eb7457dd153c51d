namespace Trainyard.Tests.EndToEnd;

/// <summary>What becomes of predictions once their labels are there.</summary>
public abstract class MeasureTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Runs =
        "SELECT run, measured, replayed, unlabelled, unpublished, hindsight FROM trainyard.measured_runs ORDER BY run";

    [Fact]
    public async Task Predictions_are_held_against_the_labels_that_have_arrived()
    {
        await Parcels.TrainedAsync("2024-05-17");
        foreach (var day in new[] { "18", "19", "20", "21", "22" })
        {
            (await Parcels.RunAsync("score", $"2024-05-{day}")).With(0);
        }

        // They were published years after their labels could be known, by a model that had not learned from their time.
        var replayed = (await Parcels.RunAsync("measure", "2024-05-23")).With(0).Output;
        Assert.Matches("^Measured 240 predictions, 240 of them replayed: AUC is ", replayed);

        await Workspace.ExecuteAsync(
            "UPDATE trainyard.parcels_predictions SET predicted_at = cutoff + INTERVAL '1 hour' "
                + "WHERE cutoff > '2024-05-18 12:00:00+00'"
        );
        await Workspace.ExecuteAsync("UPDATE parcels SET late = NULL WHERE parcel_id % 60 = 7 AND parcel_id > 8340");
        var output = (await Parcels.RunAsync("measure", "2024-05-24")).With(0).Output;

        Assert.Matches(
            @"^Measured 29[0-9] predictions, 60 of them replayed: AUC is 0\.\d{3}; the holdout promised 0\.\d{3}\.\n"
                + "Report: ",
            output
        );
        var runs = await Workspace.QueryAsync(Runs);
        Assert.Equal("measure.20240523T040000Z.1|240|240|0|2640|0", runs[0]);
        Assert.Equal(
            ["t|t"],
            await Workspace.QueryAsync(
                "SELECT measured + unlabelled = 300, unpublished = 2580 FROM trainyard.measured_runs "
                    + "WHERE measured > 240"
            )
        );
        Assert.Equal(
            ["auc|train.20240517T040000Z.1", "observed_to_expected|train.20240517T040000Z.1"],
            await Workspace.QueryAsync(
                "SELECT DISTINCT metric, model FROM trainyard.live_metrics WHERE model <> '' ORDER BY metric"
            )
        );
        Assert.Equal(
            ["t"],
            await Workspace.QueryAsync(
                "SELECT count(*) FILTER (WHERE actual IS NOT NULL) = (SELECT max(measured) FROM "
                    + "trainyard.measured_runs) FROM trainyard.parcels_predictions_outcomes"
            )
        );
        var report = await Workspace.ReadTextAsync(
            await Parcels.FindAsync("measure.20240524T040000Z.1", "report", "report")
        );
        Assert.Contains("What came true, over what was predicted", report, StringComparison.Ordinal);

        // Done again it is done already, and once more it is the same.
        const string Figures = "SELECT count(*), sum(value), sum(\"rows\") FROM trainyard.live_metrics";
        var figures = await Workspace.QueryAsync(Figures);
        (await Parcels.RunAsync("measure", "2024-05-24")).With(0);
        Assert.Equal(figures, await Workspace.QueryAsync(Figures));
        Assert.Equal(2, (await Workspace.QueryAsync(Runs)).Count);
    }

    [Fact]
    public async Task An_alarm_is_drawn_and_ends_with_65_when_it_begins_also_when_it_is_asked_for_again()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-22")).With(0);
        await Workspace.ExecuteAsync(
            """
            INSERT INTO trainyard.parcels_predictions
                (pipeline, parcel_id, cutoff, predicted_at, run, model, hindsight, probability, label)
            SELECT 'parcels', parcel_id, day_start, day_start + INTERVAL '1 hour', 'score.20240522T040000Z.1',
                'train.20240517T040000Z.1', false,
                0.05 + (parcel_id % 7) * 0.005 + CASE WHEN late THEN 0.02 ELSE 0 END, false
            FROM parcels WHERE day_start > '2024-04-04 12:00:00+00' AND day_start < '2024-05-22 00:00:00+00'
            """
        );

        var ended = (await Parcels.RunAsync("measure", "2024-05-24")).With(65);

        Assert.Matches(
            @"What came true is \d\.\d+ \(\d\.\d+ to \d\.\d+\) times what was predicted, "
                + @"on 2,880 predictions; "
                + @"between 0\.8 and 1\.25 is taken for right\. "
                + @"Their cutoffs are after 4 Apr 2024, up to 22 May 2024\. "
                + "The report is ",
            ended.LastWords
        );
        var report = await Workspace.ReadTextAsync(
            await Parcels.FindAsync("measure.20240524T040000Z.1", "report", "report")
        );
        Assert.Contains("<strong>Alarm.</strong>", report, StringComparison.Ordinal);
        Assert.Equal(
            ["65"],
            await Workspace.QueryAsync("SELECT exit_code FROM trainyard.run_outcomes WHERE kind = 'measure'")
        );

        var again = (await Parcels.RunAsync("measure", "2024-05-24")).With(65);
        Assert.StartsWith(again.LastWords, ended.LastWords, StringComparison.Ordinal);

        // It is told when it begins, and when it is over.
        Assert.StartsWith(
            "The alarm of measure.20240524T040000Z.1, as of 24 May 2024, stands. What came true is ",
            await SentenceAsync("25"),
            StringComparison.Ordinal
        );
        await Workspace.ExecuteAsync(
            "UPDATE trainyard.parcels_predictions SET probability = probability * 4.5 WHERE probability < 0.11"
        );
        var over = await SentenceAsync("26");
        Assert.StartsWith("Measured 2,760 predictions, 60 of them replayed: AUC is ", over, StringComparison.Ordinal);
        Assert.Contains(
            ". The alarm of measure.20240524T040000Z.1 is over. The report",
            over,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Measured 2,700 predictions, 60 of them replayed: AUC is ",
            await SentenceAsync("27"),
            StringComparison.Ordinal
        );

        async Task<string> SentenceAsync(string day)
        {
            (await Parcels.RunAsync("measure", $"2024-05-{day}")).With(0);
            return (string)
                (await Workspace.ReadJsonAsync($"parcels/runs/measure.202405{day}T040000Z.1/report/manifest.json"))[
                    "sentence"
                ]!;
        }
    }

    [Fact]
    public async Task Labels_that_are_late_are_65()
    {
        await Parcels.TrainedAsync("2024-05-17");
        await Workspace.ExecuteAsync("UPDATE parcels SET late = NULL WHERE parcel_id % 10 = 7");
        Assert.Contains(
            "labels are late: 10 % of 'late' are null in the rows (288 of 2880), null_at_most is 5 %.",
            (await Parcels.RunAsync("measure", "2024-05-24")).With(65).LastWords,
            StringComparison.Ordinal
        );
    }
}

public sealed class MeasureOnFolderAndDuckDb : MeasureTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class MeasureOnPostgresAndS3 : MeasureTests<PostgresAndS3>;
