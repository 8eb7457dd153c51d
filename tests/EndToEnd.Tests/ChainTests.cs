using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The whole chain as a user runs it, on a small pipeline.</summary>
public abstract class ChainTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    [Fact]
    public async Task A_train_run_and_a_score_run_end_with_predictions_and_reports()
    {
        var ended = (await Parcels.RunAsync("both", "2024-05-20")).With(0);

        Assert.Contains("promoted", ended.Output, StringComparison.Ordinal);
        Assert.Contains("The first of them, in trainyard.parcels_predictions:", ended.Output, StringComparison.Ordinal);
        var reports = ended
            .Output.Split('\n')
            .Where(line => line.StartsWith("Report: ", StringComparison.Ordinal))
            .Select(line => Workspace.NameOf(line["Report: ".Length..]))
            .ToList();
        Assert.Equal(2, reports.Count);
        Assert.Empty(reports.Except(await Workspace.ListAsync()));
        Assert.Equal(
            ["60|60|60"],
            await Workspace.QueryAsync(
                "SELECT count(*), count(DISTINCT parcel_id), count(*) FILTER (WHERE NOT hindsight AND "
                    + "probability BETWEEN 0 AND 1) FROM trainyard.parcels_predictions WHERE cutoff = TIMESTAMPTZ "
                    + "'2024-05-20 04:00:00+00'"
            )
        );
        Assert.Equal(["60"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions_current"));
    }

    [Fact]
    public async Task The_same_run_again_recomputes_nothing_and_doubles_nothing()
    {
        (await Parcels.RunAsync("both", "2024-05-20")).With(0);
        var (store, rows) = (await Workspace.StateAsync(), await PredictionsAsync());

        var again = (await Parcels.RunAsync("both", "2024-05-20")).With(0);

        Assert.Equal(8, again.Error.Split("done already").Length - 1);
        Assert.Equal(store, await Workspace.StateAsync());
        Assert.Equal(rows, await PredictionsAsync());
    }

    [Fact]
    public async Task A_changed_spec_makes_a_new_run_and_the_old_one_stays_as_it_was()
    {
        await Parcels.TrainedAsync("2024-05-20");
        var before = await Workspace.StateAsync();
        Parcels.Edit("pipeline.yaml", "leaves: 7", "leaves: 5");

        (await Parcels.RunAsync("train", "2024-05-20")).With(0);

        Assert.Equal(
            ["train.20240520T040000Z.1", "train.20240520T040000Z.2"],
            (await Workspace.ListAsync())
                .Where(name => name.StartsWith("parcels/runs/", StringComparison.Ordinal))
                .Select(name => name.Split('/')[2])
                .Distinct()
        );
        Assert.Equal(before, (await Workspace.StateAsync()).Intersect(before));
    }

    [Fact]
    public async Task Each_day_is_scored_by_the_champion_of_its_own_as_of_in_any_order()
    {
        await Parcels.TrainedAsync("2024-05-10", "2024-05-17");

        foreach (var day in new[] { "2024-05-19", "2024-05-12", "2024-05-17", "2024-05-10" })
        {
            (await Parcels.RunAsync("score", day)).With(0);
        }

        Assert.Equal(
            [
                "2024-05-10|train.20240510T040000Z.1",
                "2024-05-12|train.20240510T040000Z.1",
                "2024-05-17|train.20240517T040000Z.1",
                "2024-05-19|train.20240517T040000Z.1",
            ],
            await Workspace.QueryAsync(
                "SELECT CAST(CAST(cutoff AS date) AS varchar) AS day, min(model) FROM "
                    + "trainyard.parcels_predictions_current GROUP BY day HAVING count(DISTINCT model) = 1 ORDER BY "
                    + "day"
            )
        );

        var tooEarly = (await Parcels.RunAsync("score", "2024-05-09")).With(66);
        Assert.Equal(
            "Pipeline 'parcels' had no champion yet as of 2024-05-09T04:00:00Z: the first as-of that has one "
                + "is 2024-05-10T04:00:00Z. Name a model with --model to score with it all the same. Nothing was "
                + "changed.",
            tooEarly.LastWords
        );
    }

    [Fact]
    public async Task A_merged_change_of_the_query_waits_for_the_training_that_learns_it()
    {
        await Parcels.TrainedAsync("2024-05-17");
        Parcels.Edit("rows.sql", "weight, stops,", "weight * 2 AS weight, stops, stops * 3 AS triple,");
        Parcels.Edit("pipeline.yaml", "numbers: [weight, stops]", "numbers: [weight, stops, triple]");

        (await Parcels.RunAsync("score", "2024-05-18")).With(0);

        Assert.Equal(
            Parcels.Sql,
            await Workspace.ReadTextAsync("parcels/runs/score.20240518T040000Z.1/definition/rows.sql")
        );
        Assert.Equal(["60"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));
    }

    [Fact]
    public async Task A_day_without_rows_is_99_and_has_a_report_that_says_so()
    {
        await Parcels.TrainedAsync("2024-05-17");
        await Workspace.ExecuteAsync("DELETE FROM parcels WHERE day_start = TIMESTAMPTZ '2024-05-18 04:00:00+00'");

        Parcels.AcceptFewRows();

        var ended = await Parcels.RunAsync("score", "2024-05-18");

        ended.With(99);
        var report = ended.Output.Split('\n').Single(line => line.StartsWith("Report: ", StringComparison.Ordinal))[
            "Report: ".Length..
        ];
        Assert.Contains(
            "nothing to score",
            await Workspace.ReadTextAsync(Workspace.NameOf(report)),
            StringComparison.OrdinalIgnoreCase
        );
    }

    [Fact]
    public async Task A_trial_promotes_and_publishes_nothing()
    {
        (await Parcels.RunAsync("train", "2024-05-17", "--trial", "4000")).With(0);

        Assert.DoesNotContain(
            await Workspace.ListAsync(),
            name => name.StartsWith("parcels/promotions", StringComparison.Ordinal)
        );
        var score = (await Parcels.RunAsync("score", "2024-05-17", "--trial", "20", "--model", "latest")).With(0);
        Assert.Contains("Report: ", score.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["0"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'parcels_predictions'"
            )
        );
    }

    [Fact]
    public async Task A_rollback_returns_to_the_model_before_and_says_who_and_why()
    {
        await Parcels.TrainedAsync("2024-05-10", "2024-05-17");

        var undone = (
            await Workspace.RunAsync(
                "trainyard",
                ["rollback", "parcels", "--store", Workspace.Store, "--who", "ada", "--why", "late parcels doubled"]
            )
        ).With(0);

        Assert.Equal(
            "Rollback 3: promotion 2 is undone; train.20240510T040000Z.1 serves as-ofs from 2024-05-17T04:00:00Z on.\n",
            undone.Output
        );
        var entry = await Workspace.ReadJsonAsync("parcels/promotions/000003.json");
        Assert.Equal(("ada", "late parcels doubled"), ((string)entry["who"]!, (string)entry["why"]!));
        (await Parcels.RunAsync("score", "2024-05-18")).With(0);
        Assert.Equal(
            ["train.20240510T040000Z.1"],
            await Workspace.QueryAsync("SELECT DISTINCT model FROM trainyard.parcels_predictions")
        );

        (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "promote",
                    "parcels",
                    "train.20240517T040000Z.1",
                    "--store",
                    Workspace.Store,
                    "--why",
                    "it was the data",
                ]
            )
        ).With(0);
        (await Parcels.RunAsync("score", "2024-05-19")).With(0);
        Assert.Equal(
            ["train.20240517T040000Z.1"],
            await Workspace.QueryAsync(
                "SELECT DISTINCT model FROM trainyard.parcels_predictions WHERE cutoff = TIMESTAMPTZ "
                    + "'2024-05-19 04:00:00+00'"
            )
        );
    }

    [Fact]
    public async Task What_becomes_known_later_changes_no_row_and_rows_after_the_as_of_change_nothing()
    {
        (await Parcels.ExtractAsync("before", "train", "2024-05-17")).With(0);
        await Workspace.ExecuteAsync(
            """
            UPDATE parcels SET late = NOT late, weight = 99 WHERE day_start > TIMESTAMPTZ '2024-05-15 04:00:00+00';
            INSERT INTO parcels
            SELECT parcel_id + 1000000, day_start + INTERVAL '7 days', late, weight, stops, depot, handed_over
            FROM parcels WHERE day_start > TIMESTAMPTZ '2024-05-15 04:00:00+00';
            """
        );

        (await Parcels.ExtractAsync("after", "train", "2024-05-17")).With(0);

        Assert.Equal(
            await Parcels.ReadAsync("before", "extract", "part-"),
            await Parcels.ReadAsync("after", "extract", "part-")
        );
    }

    [Fact]
    public async Task Runs_and_show_answer_a_persons_questions()
    {
        await Parcels.TrainedAsync("2024-05-20");
        (await Parcels.RunAsync("score", "2024-05-20")).With(0);

        var runs = (await Workspace.RunAsync("trainyard", ["runs", "parcels", "--store", Workspace.Store]))
            .With(0)
            .Output;
        var show = (
            await Workspace.RunAsync(
                "trainyard",
                ["show", "parcels", "score.20240520T040000Z.1", "--store", Workspace.Store, "--output", "json"]
            )
        )
            .With(0)
            .Output;
        var near = (
            await Workspace.RunAsync(
                "trainyard",
                ["show", "parcels", "score.20240520T040000Z.2", "--store", Workspace.Store]
            )
        ).With(66);

        Assert.Contains("train.20240520T040000Z.1", runs, StringComparison.Ordinal);
        Assert.Contains("finished", runs, StringComparison.Ordinal);
        Assert.Equal(
            ["extract", "features", "score", "report"],
            JsonNode.Parse(show)!["steps"]!.AsArray().Select(step => (string)step!["step"]!)
        );
        Assert.Contains("Did you mean 'score.20240520T040000Z.1'?", near.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_saves_a_report_in_a_file_but_never_one_that_was_changed()
    {
        await Parcels.TrainedAsync("2024-05-20");
        var (run, saved) = ("train.20240520T040000Z.1", Path.Combine(Workspace.Folder, "report.html"));

        (await ShowAsync(run, saved)).With(0);
        Assert.Equal(
            await Parcels.ReadAsync(run, "report", "report-"),
            await File.ReadAllBytesAsync(saved, TestContext.Current.CancellationToken)
        );

        var nowhere = (await ShowAsync(run, Path.Combine(Workspace.Folder, "no", "report.html"))).With(64);
        Assert.Equal(
            $"--report: the folder of '{Path.Combine(Workspace.Folder, "no", "report.html")}' is not there: "
                + "make it, or name another file. Nothing was written.",
            nowhere.LastWords
        );

        File.Delete(saved);
        await Workspace.WriteTextAsync(await Parcels.FindAsync(run, "report", "report-"), "<p>All is well.</p>");
        (await ShowAsync(run, saved)).With(65);
        Assert.False(File.Exists(saved));

        await Parcels.TrainAsync("begun", "2024-05-20");
        Assert.Equal(
            "Run 'begun' of pipeline 'parcels' has no report: run its report step first. Nothing was written.",
            (await ShowAsync("begun", saved)).With(66).LastWords
        );
    }

    private Task<Ended> ShowAsync(string run, string file) =>
        Workspace.RunAsync("trainyard", ["show", "parcels", run, "--store", Workspace.Store, "--report", file]);

    private Task<IReadOnlyList<string>> PredictionsAsync() =>
        Workspace.QueryAsync("SELECT * FROM trainyard.parcels_predictions ORDER BY run, parcel_id, cutoff");
}

public sealed class ChainOnFolderAndDuckDb : ChainTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class ChainOnPostgresAndS3 : ChainTests<PostgresAndS3>;
