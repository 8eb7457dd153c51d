using System.Globalization;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary>What moved the highest answers, beside the predictions. One champion serves all tests.</summary>
public abstract class ReasonsTests<TWorkspace>(TrainedParcels<TWorkspace> trained) : IAsyncLifetime
    where TWorkspace : Workspace, new()
{
    private const string Day = "2024-05-20";
    private const string Reasons = "SELECT parcel_id, rank, feature, value, contribution FROM";

    private readonly Parcels _parcels = trained.Parcels;
    protected Workspace Workspace => trained.Workspace;

    public async ValueTask InitializeAsync() => await trained.UseAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task The_highest_answers_are_told_with_the_query_s_columns_and_shards_tell_the_same()
    {
        Write("{top: 3, of: 15%}");
        await PrepareAsync("plain");
        (await ScoreAsync("plain")).With(0);
        await PrepareAsync("shared");
        foreach (var shard in new[] { "2/3", "3/3", "1/3" })
        {
            (await _parcels.StepAsync("score", "shared", "--shard", shard)).With(0);
        }

        (await ScoreAsync("shared", "--publish", "3")).With(0);

        var told = await ToldAsync("plain");
        Assert.Equal(told, await ToldAsync("shared"));
        Assert.Equal(
            await HighestAsync("plain", 9),
            await Workspace.QueryAsync(
                "SELECT DISTINCT parcel_id FROM trainyard.parcels_predictions_reasons WHERE run = 'plain' ORDER BY 1"
            )
        );
        Assert.Equal(["t"], await RightAsync("rank BETWEEN 1 AND 3"));
        Assert.Equal(
            ["t"],
            await RightAsync("feature IN ('weight', 'stops', 'depot', 'handed_over', 'weight × stops')")
        );
        Assert.Equal(["t"], await RightAsync("feature <> 'depot' OR value = p.depot"));
        Assert.Equal(
            ["t"],
            await RightAsync(
                "CASE WHEN feature = 'weight' THEN CAST(value AS double precision) = p.weight ELSE TRUE END"
            )
        );
        Assert.Equal(
            ["t"],
            await RightAsync("feature <> 'weight × stops' OR value LIKE '% × ' || CAST(p.stops AS text)")
        );
        Assert.Equal(
            ["0"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM trainyard.parcels_predictions_reasons AS one JOIN "
                    + "trainyard.parcels_predictions_reasons AS next USING (run, parcel_id, cutoff) "
                    + "WHERE next.rank = one.rank + 1 AND abs(next.contribution) > abs(one.contribution)"
            )
        );

        // Those of the run that is current alone.
        Assert.Equal(
            ["shared"],
            await Workspace.QueryAsync("SELECT DISTINCT run FROM trainyard.parcels_predictions_reasons_current")
        );
        (await _parcels.StepAsync("report", "plain")).With(0);
        (await _parcels.AskAsync("gc", "--retention", "1 day", "--dry-run")).With(0);
    }

    [Fact]
    public async Task A_row_is_shown_with_its_reasons()
    {
        Write("{top: 2, of: 10%}");
        await PrepareAsync("shown");
        (await ScoreAsync("shown")).With(0);
        var highest = (await HighestAsync("shown", 6))[0];
        var lowest = (
            await Workspace.QueryAsync(
                "SELECT parcel_id FROM trainyard.parcels_predictions WHERE run = 'shown' ORDER BY probability LIMIT 1"
            )
        )[0];

        var ended = (await ShowAsync("shown", highest)).With(0);
        Assert.Matches(
            @"\Aparcel_id +cutoff +predicted_at +hindsight +probability +predicted\n"
                + $@"{highest} +2024-05-20 04:00:00\+00 .*\n"
                + @"What moved it most from the average; contributions are in log-odds, of the score before "
                + @"calibration:\n  rank +feature +value +contribution\n(  [12] .*\n)+\z",
            ended.Output
        );
        var json = JsonNode.Parse((await ShowAsync("shown", highest, "--output", "json")).With(0).Output)![0]!;
        Assert.Equal(
            (await ToldAsync("shown")).Where(line => line.StartsWith($"{highest}|", StringComparison.Ordinal)),
            json["reasons"]!
                .AsArray()
                .Select(reason =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{highest}|{reason!["rank"]}|{reason["feature"]}|{reason["value"]}|"
                            + $"{(double)reason["contribution"]!}"
                    )
                )
        );
        Assert.EndsWith(
            "Why is not told: it is for the highest 10% of the run's answers alone, and those that a column moves.\n",
            (await ShowAsync("shown", lowest)).With(0).Output,
            StringComparison.Ordinal
        );

        Assert.Equal(
            "Run 'shown' of pipeline 'parcels' has no row with parcel_id = none. Nothing was changed.",
            (await ShowAsync("shown", "none")).With(66).LastWords
        );
        Assert.Equal(
            "--key shows rows of a score run, and 'train.20240517T040000Z.1' is a train run. Nothing was changed.",
            (await ShowAsync("train.20240517T040000Z.1", highest)).With(64).LastWords
        );
    }

    [Fact]
    public async Task A_run_that_is_published_again_replaces_them_and_a_trial_publishes_none()
    {
        Write("{}");
        await PrepareAsync("again");
        (await ScoreAsync("again")).With(0);
        var told = await ToldAsync("again");
        Assert.Equal(
            ["60"],
            await Workspace.QueryAsync(
                "SELECT count(DISTINCT parcel_id) FROM trainyard.parcels_predictions_reasons WHERE run = 'again'"
            )
        );

        await Workspace.DeleteAsync("parcels/runs/again/score/manifest.json");
        (await ScoreAsync("again")).With(0);
        Assert.Equal(told, await ToldAsync("again"));

        var before = await Workspace.ListAsync();
        (await _parcels.RunAsync("score", Day, "--trial", "20")).With(0);
        var tried = Assert
            .Single(
                (await Workspace.ListAsync()).Except(before),
                name => name.Contains("/score/reasons-part-", StringComparison.Ordinal)
            )
            .Split('/')[2];
        Assert.Empty(await ToldAsync(tried));
        var part = await Workspace.ReadTextAsync(await Workspace.FindAsync($"parcels/runs/{tried}/score/part-"));
        Assert.Contains(
            "What moved it most from the average",
            (await ShowAsync(tried, part.Split('\n')[1].Split(',')[0])).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("{of: 0%}", "0 % of the rows are none: name a greater share, or leave 'reasons' out.")]
    [InlineData("{top: 0}", "top is 0; it must be from 1 to 100.")]
    public async Task What_would_tell_nothing_is_refused(string reasons, string message)
    {
        Write(reasons);
        var ended = await Workspace.RunAsync("trainyard", ["validate", _parcels.Folder]);
        Assert.Contains(message, ended.With(78).Error, StringComparison.Ordinal);
    }

    protected void Write(string reasons) =>
        Workspace.WriteFile("pipelines/parcels/pipeline.yaml", $"{Parcels.Spec}predictions: {{reasons: {reasons}}}\n");

    protected async Task PrepareAsync(string run)
    {
        (
            await _parcels.StepAsync(
                "extract",
                run,
                "--kind",
                "score",
                "--as-of",
                Day,
                "--warehouse",
                Workspace.WarehouseAsReader,
                "--part-bytes",
                "1024"
            )
        ).With(0);
        (await _parcels.StepAsync("features", run)).With(0);
    }

    private protected Task<Ended> ScoreAsync(string run, params string[] more) =>
        _parcels.StepAsync("score", run, ["--warehouse", Workspace.Warehouse, .. more]);

    private Task<Ended> ShowAsync(string run, string key, params string[] more) =>
        _parcels.AskAsync("show", [run, "--key", key, .. more]);

    protected Task<IReadOnlyList<string>> ToldAsync(string run) =>
        Workspace.QueryAsync(
            $"{Reasons} trainyard.parcels_predictions_reasons WHERE run = '{run}' ORDER BY parcel_id, rank"
        );

    private async Task<IReadOnlyList<string>> HighestAsync(string run, int count) =>
        await Workspace.QueryAsync(
            $"SELECT parcel_id FROM (SELECT parcel_id FROM trainyard.parcels_predictions WHERE run = '{run}' "
                + $"ORDER BY probability DESC, parcel_id LIMIT {count}) AS highest ORDER BY 1"
        );

    /// <summary>Whether something holds of every reason and the parcel it is of.</summary>
    private Task<IReadOnlyList<string>> RightAsync(string condition) =>
        Workspace.QueryAsync(
            $"SELECT bool_and({condition}) FROM trainyard.parcels_predictions_reasons "
                + "JOIN parcels AS p USING (parcel_id)"
        );
}

public sealed class ReasonsOnFolderAndDuckDb(TrainedParcels<FolderAndDuckDb> trained)
    : ReasonsTests<FolderAndDuckDb>(trained),
        IClassFixture<TrainedParcels<FolderAndDuckDb>>;

[Trait("Suite", Suites.Slow)]
public sealed class ReasonsOnPostgresAndS3(TrainedParcels<PostgresAndS3> trained)
    : ReasonsTests<PostgresAndS3>(trained),
        IClassFixture<TrainedParcels<PostgresAndS3>>
{
    /// <summary>They show values of features, and predictions do not.</summary>
    [Fact]
    public async Task Who_may_read_predictions_may_not_read_them()
    {
        Write("{of: 10%}");
        await PrepareAsync("before");
        (await ScoreAsync("before")).With(0);
        var everybody = "information_schema.role_table_grants WHERE grantee = 'PUBLIC' AND privilege_type = 'SELECT'";
        await Workspace.ExecuteAsync(
            "DROP TABLE trainyard.parcels_predictions_reasons CASCADE; "
                + "GRANT SELECT ON trainyard.parcels_predictions, trainyard.parcels_predictions_current TO PUBLIC"
        );

        await PrepareAsync("after");
        (await ScoreAsync("after")).With(0);

        Assert.NotEmpty(await ToldAsync("after"));
        Assert.Equal(
            ["parcels_predictions", "parcels_predictions_current"],
            await Workspace.QueryAsync($"SELECT table_name FROM {everybody} AND table_schema = 'trainyard' ORDER BY 1")
        );
    }
}
