using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What a run leaves behind: notes of failures in the store, and in the warehouse how runs ended and what
/// trainings came to.</summary>
public abstract class LeftBehindTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Outcomes =
        "SELECT run, kind, as_of IS NULL, model, exit_code, sentence FROM trainyard.run_outcomes ORDER BY run";

    [Fact]
    public async Task A_step_that_fails_says_so_in_store_and_warehouse_until_it_succeeds()
    {
        // Twins, which nobody sees before extract does.
        await Workspace.ExecuteAsync("INSERT INTO parcels SELECT * FROM parcels WHERE parcel_id = 7771");
        var failed = (await Parcels.RunAsync("train", "2024-05-17")).With(65);
        const string Run = "train.20240517T040000Z.1";

        Assert.Contains("rows.sql: the row with parcel_id = 7771,", failed.LastWords, StringComparison.Ordinal);
        var note = Assert.Single(await Workspace.FailuresAsync());
        Assert.Equal(failed.LastWords, (string)note["sentence"]!);
        Assert.Equal(
            ("extract", "train", "2024-05-17T04:00:00+00:00", 65),
            ((string)note["step"]!, (string)note["kind"]!, (string)note["as_of"]!, (int)note["exit_code"]!)
        );
        Assert.Contains(
            $"{Run}  2024-05-17 04:00Z  extract failed (65)         {failed.LastWords}",
            await TrainyardAsync("runs"),
            StringComparison.Ordinal
        );
        Assert.Contains(
            $"with code 65: {failed.LastWords}\n",
            await TrainyardAsync("show", Run),
            StringComparison.Ordinal
        );

        // The warehouse is told what it is, but of no row.
        var outcome = Assert.Single(await Workspace.QueryAsync(Outcomes));
        Assert.StartsWith($"{Run}|train|f||65|extract: ", outcome, StringComparison.Ordinal);
        Assert.Contains(
            "rows.sql: a row is there twice: key and cutoff name one row only.",
            outcome,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("7771", outcome, StringComparison.Ordinal);

        await Workspace.ExecuteAsync("DELETE FROM parcels WHERE parcel_id = 7771");
        (await Parcels.RunAsync("train", "2024-05-17")).With(0);

        Assert.Single(await Workspace.FailuresAsync());
        var shown = JsonNode.Parse(await TrainyardAsync("show", Run, "--output", "json"))!;
        Assert.Equal(("finished", "champion"), ((string)shown["state"]!, (string)shown["model"]!));
        Assert.Empty(shown["failures"]!.AsArray());
        Assert.StartsWith(
            $"{Run}|train|f|{Run}|0|Trained {Run}",
            Assert.Single(await Workspace.QueryAsync(Outcomes)),
            StringComparison.Ordinal
        );
        Assert.Equal(
            [$"{Run}|auc|promoted|t|train run {Run}|t"],
            await Workspace.QueryAsync(
                "SELECT run, metric, verdict, champion, decided_by, gain > 0.05 AND abs(value - baseline - gain) < "
                    + "1e-9 "
                    + "FROM trainyard.trainings"
            )
        );

        // A key is somebody's: no value of it stands in a manifest.
        var profile = (await Workspace.ReadJsonAsync($"parcels/runs/{Run}/features/manifest.json"))["profile"]!
            .AsArray()
            .Single(column => (string)column!["name"]! == "parcel_id")!;
        Assert.Equal(5999, (int)profile["count"]!);
        Assert.Equal(
            ["name", "type", "count", "nulls", "distinct", "distinct_is_exact", "top"],
            profile.AsObject().Select(member => member.Key)
        );
        Assert.Empty(profile["top"]!.AsArray());
    }

    [Fact]
    public async Task A_failed_score_publishes_nothing_until_it_succeeds_and_is_current_from_then_on()
    {
        await Parcels.TrainedAsync("2024-05-17");
        Parcels.Edit("pipeline.yaml", "metric: auc\n", "metric: auc\nschedule: {score: \"0 1 * * *\"}\n");
        var (first, second) = ("score.20240518T040000Z.1", "score.20240518T040000Z.2");
        var model = await Workspace.FindAsync("parcels/models/train.20240517T040000Z.1/served_model-");
        var content = await Workspace.ReadAsync(model);
        await Workspace.DeleteAsync(model);

        var failed = (await Parcels.RunAsync("score", "2024-05-18")).With(66);

        var frozen = $" Run '{first}' is frozen, and stays.";
        Assert.EndsWith(frozen, failed.LastWords, StringComparison.Ordinal);
        var sentence = failed.LastWords[..^frozen.Length].Replace("\\", "\\\\", StringComparison.Ordinal);
        string[] expected = [$"{first}|score|f|train.20240517T040000Z.1|66|score: {sentence}"];
        Assert.Equal(expected, await Workspace.QueryAsync(Outcomes));
        Assert.Equal(["0"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.runs"));
        Assert.Contains("missing for 1 of 1 as-ofs", await CheckAsync(65), StringComparison.Ordinal);
        await RecordAsync(first);
        Assert.Equal(expected, await Workspace.QueryAsync(Outcomes));

        // Another run of the day is served first; then the failed one, which is the last published.
        await Workspace.WriteAsync(model, content);
        (await Parcels.RunAsync("score", "2024-05-18", "--again")).With(0);
        Assert.Contains("all 1 as-ofs", await CheckAsync(0), StringComparison.Ordinal);
        Assert.Equal([second], await CurrentAsync());
        (await Parcels.StepAsync("score", first, "--warehouse", Workspace.Warehouse)).With(0);
        Assert.Equal([first], await CurrentAsync());

        await RecordAsync(first);
        Assert.StartsWith(
            $"{first}|score|f|train.20240517T040000Z.1||The last step that has ended is score: Scored 60 rows",
            (await Workspace.QueryAsync(Outcomes))[0],
            StringComparison.Ordinal
        );
        (await Parcels.StepAsync("report", first)).With(0);
        await RecordAsync(first);
        Assert.Equal(
            [$"{first}|0", $"{second}|0"],
            await Workspace.QueryAsync("SELECT run, exit_code FROM trainyard.run_outcomes ORDER BY run")
        );

        // A step that is done is done, whatever it is asked for now.
        (
            await Parcels.StepAsync(
                "extract",
                first,
                "--kind",
                "train",
                "--as-of",
                "2024-05-18",
                "--warehouse",
                "duckdb:x"
            )
        ).With(65);
        Assert.Single(await Workspace.FailuresAsync());
    }

    [Fact]
    public async Task The_champion_is_marked_and_a_model_that_was_rolled_back_is_no_longer_promoted()
    {
        await Parcels.TrainedAsync("2024-05-10", "2024-05-17");
        var (old, champion) = ("train.20240510T040000Z.1", "train.20240517T040000Z.1");
        await RecordAsync(old, champion);
        Assert.Equal([$"{old}|promoted|f", $"{champion}|promoted|t"], await VerdictsAsync());
        (await Parcels.RunAsync("score", "2024-05-18")).With(0);
        Assert.Equal(["t"], await Workspace.QueryAsync("SELECT promoted FROM trainyard.models"));

        (
            await Workspace.RunAsync(
                "trainyard",
                ["rollback", "parcels", "--store", Workspace.Store, "--who", "ada", "--why", "it was a mistake"]
            )
        ).With(0);

        var runs = (await TrainyardAsync("runs")).Split('\n');
        Assert.Contains(
            $"{old}  2024-05-10 00:00  finished  champion     The model is champion: ",
            runs[3],
            StringComparison.Ordinal
        );
        Assert.Equal(
            $"{champion}  2024-05-17 00:00  finished  rolled back  The model is rolled back (by ada): it was a mistake",
            runs[2]
        );
        Assert.Contains(
            "\nThe model is rolled back (by ada): it was a mistake\n",
            await TrainyardAsync("show", champion),
            StringComparison.Ordinal
        );

        // Whatever is recorded next tells it.
        await RecordAsync(old);
        Assert.Equal([$"{old}|promoted|t", $"{champion}|rolled back|f"], await VerdictsAsync());
        Assert.Equal(
            [$"{champion}|f|It was rolled back by ada: it was a mistake"],
            await Workspace.QueryAsync("SELECT model, promoted, reason FROM trainyard.models")
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task Gc_drops_a_refused_model_and_a_run_that_has_only_failed()
    {
        Parcels.Edit("pipeline.yaml", "better_than_baseline_by: 0.05", "better_than_baseline_by: 0.49");
        (await Parcels.RunAsync("train", "2024-05-17")).With(0);
        (
            await Parcels.StepAsync(
                "extract",
                "broken",
                "--kind",
                "score",
                "--as-of",
                "2024-05-18",
                "--warehouse",
                Workspace.WarehouseAsReader
            )
        ).With(66);
        Assert.Equal([$"train.20240517T040000Z.1|refused|f"], await VerdictsAsync());
        Assert.Contains(
            "/broken/extract/failed-",
            Assert.Single((await Workspace.ListAllAsync()).Except(await Workspace.ListAsync())),
            StringComparison.Ordinal
        );

        (
            await Workspace.RunAsync(
                "trainyard",
                [
                    "gc",
                    Parcels.Folder,
                    "--store",
                    Workspace.Store,
                    "--stale",
                    "0.1s",
                    "--retention",
                    "0 hours",
                    "--warehouse",
                    Workspace.Warehouse,
                ]
            )
        ).With(0);

        Assert.Equal(["parcels/promotions/000001.json"], await Workspace.ListAllAsync());
        Assert.Equal([$"train.20240517T040000Z.1|refused|f"], await VerdictsAsync());
    }

    [Fact]
    public async Task A_run_that_cannot_be_read_hides_no_other()
    {
        await Parcels.TrainedAsync("2024-05-10", "2024-05-17");
        var manifest = await Workspace.ReadTextAsync("parcels/runs/train.20240510T040000Z.1/features/manifest.json");
        await Workspace.DeleteAsync("parcels/runs/train.20240510T040000Z.1/features/manifest.json");
        await Workspace.WriteTextAsync(
            "parcels/runs/train.20240510T040000Z.1/features/manifest.json",
            manifest.Replace("Computed", "Made", StringComparison.Ordinal)
        );
        await Workspace.WriteTextAsync("parcels/runs/score.20240518T040000Z.1/extract/failed-1.json", "{");
        await Workspace.WriteTextAsync("parcels/runs/train.20240517T040000Z.1/extract/failed-1.json", "{");
        await Workspace.WriteTextAsync("parcels/runs/README.md", "of a person");
        await Workspace.WriteTextAsync("parcels/runs/a b/notes.txt", "of a person");

        var lines = (await TrainyardAsync("runs")).TrimEnd().Split('\n')[1..];

        Assert.Equal(3, lines.Length);
        Assert.Matches(
            "^score\\.20240518T040000Z\\.1 +unreadable +\\S+/extract/failed-1\\.json is not a file this version",
            LineOf("score.20240518T040000Z.1")
        );
        Assert.StartsWith(
            "train.20240517T040000Z.1  2024-05-17 00:00  finished    champion  ",
            LineOf("train.20240517T040000Z.1"),
            StringComparison.Ordinal
        );
        Assert.Matches(
            "^train\\.20240510T040000Z\\.1 +unreadable  promoted +\\S+ is not what was written",
            LineOf("train.20240510T040000Z.1")
        );

        string LineOf(string run) => Assert.Single(lines, line => line.StartsWith(run, StringComparison.Ordinal));

        // What is a person's is none of gc's affair either.
        Assert.DoesNotContain(
            "notes",
            (
                await Workspace.RunAsync(
                    "trainyard",
                    ["gc", Parcels.Folder, "--store", Workspace.Store, "--retention", "0 hours", "--stale", "0.1s"]
                )
            )
                .With(0)
                .Output,
            StringComparison.Ordinal
        );
        Assert.Contains("parcels/runs/README.md", await Workspace.ListAsync());
        Assert.Contains("parcels/runs/a b/notes.txt", await Workspace.ListAsync());
    }

    [Fact]
    public async Task Migrate_says_what_it_would_do_and_does_it_once()
    {
        var dry = (await MigrateAsync("--dry-run")).With(0).Output;

        Assert.Contains(
            "\n-- 0003_what_runs_leave.sql: 1.0 and later may write after it.\n",
            dry,
            StringComparison.Ordinal
        );
        Assert.Contains("\nCREATE TABLE trainyard.run_outcomes (\n", dry, StringComparison.Ordinal);
        Assert.EndsWith(": without --dry-run the above is run.\n", dry, StringComparison.Ordinal);
        Assert.Equal(["0"], await TablesAsync());

        (await MigrateAsync()).With(0);

        Assert.Equal([$"{Regex.Count(dry, "(?m)^CREATE TABLE ")}"], await TablesAsync());
        Assert.EndsWith(" is up to date.\n", (await MigrateAsync()).With(0).Output, StringComparison.Ordinal);
        Assert.Equal("[]\n", (await MigrateAsync("--dry-run", "--output", "json")).With(0).Output);

        Task<IReadOnlyList<string>> TablesAsync() =>
            Workspace.QueryAsync(
                "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'trainyard' AND table_type = "
                    + "'BASE TABLE'"
            );
    }

    private Task<IReadOnlyList<string>> CurrentAsync() =>
        Workspace.QueryAsync("SELECT DISTINCT run FROM trainyard.parcels_predictions_current");

    private Task<IReadOnlyList<string>> VerdictsAsync() =>
        Workspace.QueryAsync("SELECT run, verdict, champion FROM trainyard.trainings ORDER BY run");

    private Task<Ended> MigrateAsync(params string[] more) =>
        Workspace.RunAsync("trainyard", ["migrate", "--warehouse", Workspace.Warehouse, .. more]);

    private async Task RecordAsync(params string[] runs)
    {
        foreach (var run in runs)
        {
            (await Parcels.RecordAsync(run)).With(0);
        }
    }

    private async Task<string> TrainyardAsync(string command, params string[] more) =>
        (await Parcels.AskAsync(command, more)).With(0).Output;

    private async Task<string> CheckAsync(int code)
    {
        var ended = await Workspace.RunAsync(
            "trainyard",
            [
                "check",
                Parcels.Folder,
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
                "--since",
                "2024-05-18",
                "--as-of",
                "2024-05-19T05:30:00Z",
            ]
        );
        ended.With(code);
        return ended.Output + ended.Error;
    }
}

public sealed class LeftBehindOnFolderAndDuckDb : LeftBehindTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class LeftBehindOnPostgresAndS3 : LeftBehindTests<PostgresAndS3>;
