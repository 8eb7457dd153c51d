using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary><c>trainyard gc</c>: what goes, what stays, and that what stays still works.</summary>
public abstract class GcTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Old = "train.20240510T040000Z.1";
    private const string Champion = "train.20240517T040000Z.1";

    [Fact]
    public async Task Old_runs_and_models_nobody_needs_go_and_the_champion_stays_with_where_it_comes_from()
    {
        await Parcels.TrainedAsync("2024-05-10", "2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-17")).With(0);
        var before = await Workspace.StateAsync();

        var dry = JsonNode.Parse(
            (
                await GcAsync(
                    "--dry-run",
                    "--retention",
                    "0 hours",
                    "--warehouse",
                    Workspace.Warehouse,
                    "--output",
                    "json"
                )
            )
                .With(0)
                .Output
        )!;

        Assert.Equal(before, await Workspace.StateAsync());
        Assert.Equal(
            [("score.20240517T040000Z.1", false), (Old, false), (Champion, true)],
            dry["runs"]!.AsArray().Select(run => ((string)run!["name"]!, (bool)run["parts_only"]!))
        );
        Assert.Equal([Old], dry["models"]!.AsArray().Select(model => (string)model!["name"]!));

        var dropped = (await GcAsync("--retention", "0 hours", "--warehouse", Workspace.Warehouse)).With(0);

        Assert.EndsWith(
            $" in 3 runs, 1 model and 0 unfinished objects of {Workspace.Store}.\n",
            dropped.Output,
            StringComparison.Ordinal
        );
        var left = await Workspace.ListAsync();
        Assert.Equal(before.Select(line => line.Split(' ')[0]).Where(Stays), left);
        Assert.Equal(before.Intersect(await Workspace.StateAsync()), await Workspace.StateAsync());
        (await Workspace.RunAsync("trainyard", ["show", "parcels", Champion, "--store", Workspace.Store])).With(0);
        (await Parcels.RunAsync("score", "2024-05-18")).With(0);
        Assert.Equal(["120"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));
    }

    [Fact]
    public async Task Rows_of_the_warehouse_go_when_the_spec_says_how_long_they_are_kept()
    {
        await Parcels.TrainedAsync("2024-05-17");
        (await Parcels.RunAsync("score", "2024-05-17")).With(0);
        string[] gc =
        [
            "gc",
            Parcels.Folder,
            "--store",
            Workspace.Store,
            "--warehouse",
            Workspace.Warehouse,
            "--retention",
            "1200 months",
        ];
        (await Workspace.RunAsync("trainyard", gc)).With(0);
        Assert.Equal(["60"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));

        Workspace.WriteFile(
            "pipelines/parcels/pipeline.yaml",
            Trainyard.Tests.EndToEnd.Parcels.Spec + "retention: {warehouse: 60 days}\n"
        );
        const string CountInputs = "SELECT count(*) FROM trainyard.input_moves";
        var inputs = int.Parse(Assert.Single(await Workspace.QueryAsync(CountInputs)), CultureInfo.InvariantCulture);
        Assert.InRange(inputs, 1, 100);
        Assert.Equal(Gone("Would drop"), (await Workspace.RunAsync("trainyard", [.. gc, "--dry-run"])).With(0).Output);
        Assert.Equal(Gone("Dropped"), (await Workspace.RunAsync("trainyard", gc)).With(0).Output);
        Assert.Equal(["0"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));
        Assert.Equal(["0"], await Workspace.QueryAsync(CountInputs));

        string Gone(string did) =>
            $"rows of trainyard.parcels_predictions, 60\nrows of trainyard.input_moves, {inputs}\n"
            + $"{did} 0.0 MB in 0 runs, 0 models and 0 unfinished objects of {Workspace.Store}, "
            + $"and {60 + inputs} rows of the warehouse.\n";
    }

    [Fact]
    public async Task What_is_young_or_may_have_predictions_or_may_be_at_work_stays()
    {
        await Parcels.TrainedAsync("2024-05-10", "2024-05-17");
        await Parcels.TrainAsync("begun", "2024-05-20");
        var before = await Workspace.StateAsync();

        Assert.StartsWith(
            $"Nothing in {Workspace.Store} is to go: every run is younger than ",
            (await Workspace.RunAsync("trainyard", ["gc", Parcels.Folder, "--store", Workspace.Store])).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await Workspace.StateAsync());
        (
            await Workspace.RunAsync(
                "trainyard",
                ["gc", Parcels.Folder, "--store", Workspace.Store, "--retention", "0 hours"]
            )
        ).With(0);

        // Nobody was asked for predictions, and the begun run may be going on: only parts went.
        Assert.Equal(
            before.Where(line =>
                !line.Contains("/part-", StringComparison.Ordinal) || line.Contains("/begun/", StringComparison.Ordinal)
            ),
            await Workspace.StateAsync()
        );
        (await Parcels.StepAsync("features", "begun")).With(0);
    }

    [Fact]
    public async Task What_a_killed_writer_left_goes_once_it_is_stale()
    {
        // Given up without a word, as by a kill.
        var writer = await Workspace
            .OpenStore()
            .OpenWriteAsync("parcels/runs/r1/extract/part-1.csv", TestContext.Current.CancellationToken);
        await writer.WriteAsync(new byte[20_000_000], TestContext.Current.CancellationToken);

        (await Workspace.RunAsync("trainyard", ["gc", Parcels.Folder, "--store", Workspace.Store])).With(0);
        Assert.Single(await Workspace.UnfinishedAsync());
        Assert.Contains(
            " in 0 runs, 0 models and 1 unfinished object of",
            (await GcAsync()).With(0).Output,
            StringComparison.Ordinal
        );

        Assert.Empty(await Workspace.UnfinishedAsync());
    }

    [Fact]
    public async Task A_name_alone_has_no_retention()
    {
        var ended = (await Workspace.RunAsync("trainyard", ["gc", "parcels", "--store", Workspace.Store])).With(64);

        Assert.Equal(
            "'parcels' is no pipeline's folder, so its retention is not known: give the folder, or "
                + "--retention. Nothing was changed.",
            ended.LastWords
        );
    }

    private Task<Ended> GcAsync(params string[] more) =>
        Workspace.RunAsync("trainyard", ["gc", Parcels.Folder, "--store", Workspace.Store, "--stale", "0.1s", .. more]);

    private static bool Stays(string name) =>
        !name.Contains($"/{Old}/", StringComparison.Ordinal)
        && !name.Contains("/score.", StringComparison.Ordinal)
        && !name.Contains("/part-", StringComparison.Ordinal);
}

public sealed class GcOnFolderAndDuckDb : GcTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class GcOnPostgresAndS3 : GcTests<PostgresAndS3>;
