using System.Text;
using System.Text.Json.Nodes;
using CliWrap;

namespace Trainyard.Tests.EndToEnd;

/// <summary><c>trainyard check</c>: which predictions are missing, and whether what it tells to do makes
/// them.</summary>
public abstract class CheckTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    /// <summary>Four nights after the training: the 20th's predictions have been due for an hour.</summary>
    private const string Now = "2024-05-20T03:00:00-04:00";

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        Parcels.Edit(
            "pipeline.yaml",
            "metric: auc\n",
            "metric: auc\nschedule: {train: \"0 6 * * SUN\", score: \"0 1 * * *\", expected_by: \"02:00\"}\n"
        );
    }

    [Fact]
    public async Task Gaps_are_65_and_the_command_in_the_sentence_fills_them()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-17")).With(0);
        (await Parcels.RunAsync("score", "2024-05-19")).With(0);

        // A place that a shell would take apart.
        var odd = Directory.CreateDirectory(Path.Combine(Workspace.Folder, "it's mine")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(odd, "parcels"), Parcels.Folder);
        var sentence = (await CheckAsync(Path.Combine(odd, "parcels"), "--as-of", Now)).With(65).LastWords;

        var command =
            $"for as_of in 2024-05-18 2024-05-20; do trainyard run '{Workspace.Folder}/it'\\''s mine/parcels' --kind "
            + "score --store "
            + $"{Workspace.Store} --warehouse {Workspace.Warehouse} --as-of $as_of; done";
        Assert.Equal(
            "Predictions of pipeline 'parcels' are missing for 2 of 4 as-ofs: 2024-05-18, 2024-05-20. This "
                + $"makes them: {command}",
            sentence
        );

        await ShellAsync(command);

        Assert.Equal(
            "parcels: the predictions of all 4 as-ofs from 2024-05-17 to 2024-05-20 are there.\n",
            (await CheckAsync("--as-of", Now)).With(0).Output
        );
    }

    [Fact]
    public async Task What_had_no_rows_is_served_and_what_another_model_scored_or_a_trial_is_not()
    {
        await Parcels.TrainedAsync("2024-05-17");
        await Workspace.ExecuteAsync("DELETE FROM parcels WHERE day_start = TIMESTAMPTZ '2024-05-18 04:00:00+00'");
        Parcels.AcceptFewRows();
        (await Parcels.RunAsync("score", "2024-05-18")).With(99);
        (await Parcels.RunAsync("score", "2024-05-19", "--model", "latest")).With(0);
        (await Parcels.RunAsync("score", "2024-05-20", "--trial", "10")).With(0);

        var ended = (await CheckAsync("--since", "2024-05-18", "--as-of", Now, "--output", "json")).With(65);

        var found = JsonNode.Parse(ended.Output)!;
        Assert.Equal(3, (int)found["expected"]!);
        Assert.Equal(
            ["2024-05-19T04:00:00Z", "2024-05-20T04:00:00Z"],
            found["missing"]!.AsArray().Select(asOf => (string)asOf!)
        );
    }

    [Fact]
    public async Task Nothing_is_expected_before_a_champion_or_before_it_is_due()
    {
        Assert.Equal(
            "parcels: nothing was ever promoted, so no predictions are expected yet.\n",
            (await CheckAsync()).With(0).Output
        );
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-17")).With(0);

        // 01:59 in New York, and 02:00.
        Assert.Contains(
            "of all 1 as-ofs",
            (await CheckAsync("--as-of", "2024-05-18T05:59:00Z")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "missing for 1 of 2 as-ofs: 2024-05-18.",
            (await CheckAsync("--as-of", "2024-05-18T06:00:00Z")).With(65).LastWords,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "missing for 1 of 2 as-ofs: 2024-05-18.",
            (await CheckAsync("--since", "2024-05-01", "--as-of", "2024-05-18T06:00:00Z")).With(65).LastWords,
            StringComparison.Ordinal
        );

        // Since the promotion itself, which is of today, no night has passed.
        Assert.StartsWith(
            "parcels: no predictions are due between ",
            (await CheckAsync()).With(0).Output,
            StringComparison.Ordinal
        );
        (
            await Workspace.RunAsync(
                "trainyard",
                ["rollback", "parcels", "--store", Workspace.Store, "--why", "it was a mistake"]
            )
        ).With(0);
        Assert.StartsWith(
            "parcels: no predictions are due between ",
            (await CheckAsync("--as-of", "2024-05-18T06:00:00Z")).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task The_command_for_Airflow_is_a_backfill_of_each_gap_by_the_moments_of_the_schedule()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-18")).With(0);

        Assert.EndsWith(
            "for 3 of 4 as-ofs: 2024-05-17, 2024-05-19, 2024-05-20. This makes them: airflow backfill create --dag-id "
                + "parcels_score --from-date 2024-05-17T05:00:00Z --to-date 2024-05-17T05:00:00Z --max-active-runs 1 "
                + "--reprocess-behavior completed && airflow backfill create --dag-id parcels_score --from-date "
                + "2024-05-19T05:00:00Z --to-date 2024-05-20T05:00:00Z --max-active-runs 1 --reprocess-behavior "
                + "completed",
            (await CheckAsync("--as-of", Now, "--dag", "parcels_score")).With(65).LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plan_that_Airflow_cannot_use_is_78_also_that_of_a_pipeline_beside()
    {
        (await Programs.RunAsync("trainyard", ["plan", Parcels.Folder])).With(0);
        (await CheckAsync()).With(0);

        var beside = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Parcels.Folder)!, "beside")).FullName;
        await File.WriteAllTextAsync(Path.Combine(beside, "pipeline.yaml"), "", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            Path.Combine(beside, "plan.json"),
            "{ \"format\": 99, \"pipeline\": 1 }",
            TestContext.Current.CancellationToken
        );
        Parcels.Edit("rows.sql", "SELECT", "SELECT  ");

        var error = (await CheckAsync()).With(78).Error;

        Assert.Contains(
            $"{beside}/plan.json is of a newer Trainyard: its format is 99, and this one reads up to 2.",
            error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"{Parcels.Folder}/plan.json is older than the files beside it: run trainyard plan {Parcels.Folder} and "
                + "commit what it writes. Until then Airflow goes on scoring by it, and trains nothing.",
            error,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Without_a_schedule_there_is_nothing_to_check()
    {
        Parcels.Edit("pipeline.yaml", "score: \"0 1 * * *\", ", "");

        Assert.Equal(
            "Pipeline 'parcels' has no schedule.score, so no predictions are expected: write one in "
                + $"{Parcels.Folder}/pipeline.yaml.",
            (await CheckAsync()).With(78).LastWords
        );
    }

    /// <summary>The 13th, or a Saturday.</summary>
    [Fact]
    public async Task A_day_of_month_and_a_day_of_week_are_due_each_as_Airflow_has_it()
    {
        await Parcels.TrainedAsync("2024-05-12");
        Parcels.Edit("pipeline.yaml", "score: \"0 1 * * *\"", "score: \"0 1 13 * SAT\"");

        Assert.StartsWith(
            "Predictions of pipeline 'parcels' are missing for 2 of 2 as-ofs: 2024-05-13, 2024-05-18. ",
            (await CheckAsync("--as-of", Now)).With(65).LastWords,
            StringComparison.Ordinal
        );

        Parcels.Edit("pipeline.yaml", "score: \"0 1 13 * SAT\"", "score: \"H 1 * * SAT#2\"");
        Assert.EndsWith(
            ":20:42: 'H 1 * * SAT#2' is no schedule that cron and Airflow both keep: 'H' is no minute, which is 0 to "
                + "59, "
                + "a range (1-5), a step (*/2) or a list of those (1,3). Write for example \"0 6 * * SUN\".",
            (await CheckAsync("--as-of", Now)).With(78).LastWords,
            StringComparison.Ordinal
        );
    }

    private Task<Ended> CheckAsync(params string[] more) =>
        Workspace.RunAsync(
            "trainyard",
            [
                "check",
                .. more is [['/', ..], ..] ? [] : new[] { Parcels.Folder },
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
                .. more,
            ]
        );

    /// <summary>Runs what a person would paste into a shell that knows <c>trainyard</c>.</summary>
    private async Task ShellAsync(string command)
    {
        var error = new StringBuilder();
        var ended = await Cli.Wrap("sh")
            .WithArguments([
                "-ec",
                $"trainyard() {{ '{Programs.Dotnet}' '{Programs.AssemblyOf("trainyard")}' \"$@\"; }}\n{command}",
            ])
            .WithEnvironmentVariables(Programs.Clean(Workspace.VariablesWith()))
            .WithStandardErrorPipe(PipeTarget.ToStringBuilder(error))
            .WithValidation(CommandResultValidation.None)
            .ExecuteAsync(TestContext.Current.CancellationToken);
        Assert.True(ended.ExitCode == 0, error.ToString());
    }
}

public sealed class CheckOnFolderAndDuckDb : CheckTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class CheckOnPostgresAndS3 : CheckTests<PostgresAndS3>;
