namespace Trainyard.Tests.EndToEnd;

/// <summary>What <c>trainyard record</c> writes into the warehouse, and out of what: a run that is whole, one that is
/// not, one of which only its model is left.</summary>
public abstract class RecordTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Model = "train.20240517T040000Z.1";

    private const string Outcomes =
        "SELECT run, kind, as_of IS NULL, model, exit_code, sentence FROM trainyard.run_outcomes ORDER BY run";

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task A_record_that_fails_never_hides_how_the_run_ended()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Workspace.RunAsync("trainyard", ["migrate", "--warehouse", Workspace.Warehouse])).With(0);
        await Workspace.ExecuteAsync(
            "INSERT INTO trainyard.later_migrations VALUES (9999, '9999_x.sql', '99.0', now())"
        );
        const string Newer =
            "is at version 9999, which a newer Trainyard made, after which only 99.0 and later may write";

        var ended = (await Parcels.RunAsync("score", "2024-05-18")).With(78);

        Assert.Contains(Newer, ended.LastWords, StringComparison.Ordinal);
        Assert.DoesNotContain("is not written down", ended.LastWords, StringComparison.Ordinal);
        var warning = Assert.Single(
            ended.Error.Split('\n'),
            line =>
                line.Contains(
                    "How run 'score.20240518T040000Z.1' has ended is not written down in the warehouse: ",
                    StringComparison.Ordinal
                )
        );
        Assert.DoesNotContain("Nothing was", warning, StringComparison.Ordinal);
        Assert.Contains("score failed (78)", (await Parcels.AskAsync("runs")).With(0).Output, StringComparison.Ordinal);

        // One that leaves us alone is none of our affair.
        await Workspace.ExecuteAsync("UPDATE trainyard.later_migrations SET oldest_writer = '1.0' WHERE number = 9999");
        (await Parcels.RunAsync("score", "2024-05-18")).With(0);
        Assert.Equal(["0"], await Workspace.QueryAsync("SELECT exit_code FROM trainyard.run_outcomes"));

        // Nothing to do is an end like others.
        Parcels.AcceptFewRows();
        (await Parcels.RunAsync("score", "2024-08-01")).With(99);
        Assert.StartsWith(
            "score.20240801T040000Z.1|score|f|train.20240517T040000Z.1|99|There is nothing to score: ",
            (await Workspace.QueryAsync(Outcomes))[1],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Nothing_is_recorded_of_a_trial_or_of_a_run_that_never_was()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-18", "--trial", "10")).With(0);
        Assert.Equal(
            "Run 'score.20240518T040000Z.1' is a trial: nothing of it is recorded.\n",
            (await Parcels.RecordAsync("score.20240518T040000Z.1")).With(99).Output
        );
        Assert.StartsWith(
            $"There is no run 'nosuch' of pipeline 'parcels' in {Workspace.Store}.",
            (await Parcels.RecordAsync("nosuch")).With(66).LastWords,
            StringComparison.Ordinal
        );

        // Nor does a mistyped id make a run.
        (await Parcels.StepAsync("features", "nosuch")).With(66);
        Assert.Empty(await Workspace.FailuresAsync());
        Assert.Equal(
            ["0"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'run_outcomes'"
            )
        );
    }

    [Fact]
    public async Task A_run_made_step_by_step_is_recorded_as_far_as_it_has_come()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.ExtractAsync("score.1", "score", "2024-05-18")).With(0);

        Assert.StartsWith(
            "Recorded score.1, after extract: The last step that has ended is extract: ",
            (await Parcels.RecordAsync("score.1")).With(0).Output,
            StringComparison.Ordinal
        );
        foreach (var step in new[] { "features", "score" })
        {
            (
                await Parcels.StepAsync(step, "score.1", step == "score" ? ["--warehouse", Workspace.Warehouse] : [])
            ).With(0);
        }

        (await Parcels.RecordAsync("score.1")).With(0);
        Assert.Matches(
            $@"^score\.1\|score\|f\|{Model}\|\|The last step that has ended is score: Scored 60 rows with "
                + @"model \S+, .* What comes after it was killed, goes on, or was never begun\.$",
            Assert.Single(await Workspace.QueryAsync(Outcomes))
        );

        (await Parcels.StepAsync("report", "score.1")).With(0);
        (await Parcels.RecordAsync("score.1")).With(0);
        Assert.StartsWith(
            $"score.1|score|f|{Model}|0|Scored 60 rows",
            Assert.Single(await Workspace.QueryAsync(Outcomes)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_model_whose_run_is_gone_is_recorded_from_its_card_and_the_promotions_log()
    {
        await Parcels.TrainedAsync("2024-05-17");
        await DropAsync($"parcels/runs/{Model}/");

        var recorded = (await Parcels.RecordAsync(Model)).With(0).Output;

        Assert.StartsWith(
            $"Recorded {Model} from the promotions log and the model's card: the run's folder is gone, so how it ended "
                + "is not known. The model is champion: ",
            recorded,
            StringComparison.Ordinal
        );
        string[] champion = [$"{Model}|t|auc|t|promoted|t"];
        Assert.Equal(champion, await TrainingsAsync());
        Assert.Empty(await Workspace.QueryAsync(Outcomes));

        // Without the card there is what was recorded before, and what was decided since.
        (await Parcels.AskAsync("rollback", "--who", "ada", "--why", "it was a mistake")).With(0);
        await DropAsync($"parcels/models/{Model}/");
        Assert.Equal(
            $"Recorded what the promotions log says of {Model}, where trainings has it: the run's folder and the "
                + "model's card are gone. The model is rolled back (by ada): it was a mistake\n",
            (await Parcels.RecordAsync(Model)).With(0).Output
        );
        Assert.Equal([$"{Model}|t|auc|t|rolled back|f"], await TrainingsAsync());
    }

    private Task<IReadOnlyList<string>> TrainingsAsync() =>
        Workspace.QueryAsync(
            "SELECT run, as_of = TIMESTAMPTZ '2024-05-17 04:00:00+00', metric, value > baseline, verdict, champion "
                + "FROM trainyard.trainings ORDER BY run"
        );

    private async Task DropAsync(string prefix)
    {
        foreach (
            var name in (await Workspace.ListAllAsync()).Where(name =>
                name.StartsWith(prefix, StringComparison.Ordinal)
            )
        )
        {
            await Workspace.DeleteAsync(name);
        }
    }
}

public sealed class RecordOnFolderAndDuckDb : RecordTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class RecordOnPostgresAndS3 : RecordTests<PostgresAndS3>;
