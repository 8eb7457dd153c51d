using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Score in shards: they publish what one process would have, or nothing. One champion serves all
/// tests.</summary>
public abstract class ShardTests<TWorkspace>(TrainedParcels<TWorkspace> trained) : IAsyncLifetime
    where TWorkspace : Workspace, new()
{
    private const string Day = "2024-05-20";

    private readonly Parcels _parcels = trained.Parcels;
    private Workspace Workspace => trained.Workspace;

    public async ValueTask InitializeAsync() => await trained.UseAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Shards_publish_what_a_single_step_does()
    {
        await PrepareAsync("plain", Day);
        (await ScoreAsync("plain")).With(0);
        await PrepareAsync("shared", Day);

        foreach (var shard in new[] { "3/4", "1/4", "4/4", "2/4" })
        {
            var ended = (await ShardAsync("shared", shard)).With(0);
            Assert.EndsWith(
                $"as shard {shard} with model train.20240517T040000Z.1. 'score --publish 4' publishes all shards.",
                ended.Output.Trim(),
                StringComparison.Ordinal
            );
        }

        Assert.Equal([], await PredictionsAsync("shared"));
        Assert.Contains(
            "; published in trainyard.parcels_predictions.",
            (await ScoreAsync("shared", "--publish", "4")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(60, (await PredictionsAsync("shared")).Count);
        Assert.Equal(await PredictionsAsync("plain"), await PredictionsAsync("shared"));
        Assert.Equal(await SummaryAsync("plain"), await SummaryAsync("shared"));
        (await _parcels.StepAsync("report", "shared")).With(0);
    }

    [Fact]
    public async Task A_missing_shard_is_66_and_named()
    {
        await PrepareAsync("missing", Day);
        (await ShardAsync("missing", "1/4")).With(0);
        (await ShardAsync("missing", "3/4")).With(0);
        var before = await Workspace.StateAsync();

        var ended = (await ScoreAsync("missing", "--publish", "4")).With(66);

        Assert.Equal(
            $"2 of the 4 shards of run 'missing' of pipeline 'parcels' are not done in {Workspace.Store}: run "
                + "'score' with --shard 2/4, --shard 4/4 first. Nothing was published.",
            ended.LastWords
        );
        Assert.Equal(before, await Workspace.StateAsync());
        Assert.Equal([], await PredictionsAsync("missing"));
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task Shards_of_four_and_of_eight_are_never_mixed()
    {
        await PrepareAsync("mixed", Day);
        await ShardsAsync("mixed", 4);

        // Somebody raises the shards to 8, and one task is retried.
        (await ShardAsync("mixed", "2/8")).With(0);

        var ended = (await ScoreAsync("mixed", "--publish", "8")).With(66);
        Assert.Contains("7 of the 8 shards", ended.LastWords, StringComparison.Ordinal);
        Assert.Contains("--shard 1/8, --shard 3/8, --shard 4/8", ended.LastWords, StringComparison.Ordinal);
        Assert.Equal([], await PredictionsAsync("mixed"));

        // Nor when a manifest is given another's name.
        foreach (var number in new[] { 1, 3, 4, 5, 6, 7, 8 })
        {
            await Workspace.WriteAsync(
                ManifestOf("mixed", $"{number}-of-8"),
                await Workspace.ReadAsync(ManifestOf("mixed", $"{((number - 1) % 4) + 1}-of-4"))
            );
        }

        Assert.Equal(
            $"{Workspace.Store}/{ManifestOf("mixed", "1-of-8")} cannot be published: it holds shard 1/4. "
                + "Nothing was published; start a new run.",
            (await ScoreAsync("mixed", "--publish", "8")).With(65).LastWords
        );
        Assert.Equal([], await PredictionsAsync("mixed"));

        (await ScoreAsync("mixed", "--publish", "4")).With(0);
        Assert.Equal(60, (await PredictionsAsync("mixed")).Count);
    }

    [Theory]
    [InlineData(
        "model",
        "\"another\"",
        "it was scored with the model 'another', and the run is of 'train.20240517T040000Z.1'"
    )]
    [InlineData("features_sha256", "\"00\"", "it was scored from other features than the run has")]
    [InlineData("parts", "[]", "it holds the parts [] instead of [1]")]
    [Trait("Suite", Suites.Slow)]
    public async Task A_shard_that_is_not_of_this_run_is_65(string field, string value, string message)
    {
        var run = $"other-{field}";
        await PrepareAsync(run, Day);
        await ShardsAsync(run, 4);
        await RewriteAsync(run, "2-of-4", scores => scores[field] = JsonNode.Parse(value));

        var ended = (await ScoreAsync(run, "--publish", "4")).With(65);

        Assert.Equal(
            $"{Workspace.Store}/{ManifestOf(run, "2-of-4")} cannot be published: {message}. Nothing was "
                + "published; start a new run.",
            ended.LastWords
        );
        Assert.Equal([], await PredictionsAsync(run));
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task A_shard_started_twice_at_once_or_again_is_done_once()
    {
        await PrepareAsync("twice", Day);

        var both = await Task.WhenAll(
            ShardAsync("twice", "1/2"),
            ShardAsync("twice", "1/2"),
            ShardAsync("twice", "2/2")
        );
        Assert.All(both, each => each.With(0));
        var before = await Workspace.StateAsync();
        Assert.StartsWith(
            "Already done: Scored ",
            (await ShardAsync("twice", "1/2")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.Equal(before, await Workspace.StateAsync());

        (await ScoreAsync("twice", "--publish", "2")).With(0);
        Assert.Equal(60, (await PredictionsAsync("twice")).Count);
        Assert.StartsWith(
            "Already done: Scored 60 rows",
            (await ShardAsync("twice", "2/2")).With(0).Output,
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Already done: Scored 60 rows",
            (await ScoreAsync("twice", "--publish", "2")).With(0).Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task More_shards_than_parts_work()
    {
        await PrepareAsync("few", Day, partBytes: 1 << 20);
        await ShardsAsync("few", 2);
        Assert.Contains(
            "Shard 2/2 has nothing to score: the run has fewer parts (1) than shards.",
            (await ShardAsync("few", "2/2")).With(0).Output,
            StringComparison.Ordinal
        );

        (await ScoreAsync("few", "--publish", "2")).With(0);

        Assert.Equal(60, (await PredictionsAsync("few")).Count);
    }

    [Fact]
    public async Task A_day_without_rows_is_99_for_shards_and_publisher()
    {
        _parcels.AcceptFewRows();
        await PrepareAsync("empty", "2024-07-20", code: 99);

        Assert.StartsWith(
            "There is nothing to score",
            (await ShardAsync("empty", "1/2")).With(99).Output,
            StringComparison.Ordinal
        );
        (await ShardAsync("empty", "1/2")).With(99);
        (await ScoreAsync("empty", "--publish", "2")).With(99);
        Assert.Equal(["0"], await Workspace.QueryAsync("SELECT \"rows\" FROM trainyard.runs WHERE run = 'empty'"));
    }

    [Theory]
    [InlineData("2024-05-21", 5, 0)]
    [InlineData("2024-05-22", 9, 65)]
    public async Task Limits_on_inputs_are_judged_over_all_shards(string day, int newDepots, int code)
    {
        // All of them lie in the first part, where they are beyond the limit of 10 %.
        await Workspace.ExecuteAsync(
            $"""
            UPDATE parcels SET depot = 'moon' WHERE parcel_id IN (
                SELECT parcel_id FROM parcels WHERE day_start = TIMESTAMPTZ '{day} 04:00:00+00'
                ORDER BY parcel_id LIMIT {newDepots}
            )
            """
        );
        var run = $"limits-{newDepots}";
        await PrepareAsync(run, day);
        await ShardsAsync(run, 4);

        var ended = (await ScoreAsync(run, "--publish", "4")).With(code);

        Assert.Equal(
            code == 65,
            ended.LastWords.Contains(
                "'depot' has a level that training did not have in 15 % of the rows, more than unseen_at_most 10 %",
                StringComparison.Ordinal
            )
        );
        Assert.Equal(code == 0 ? 60 : 0, (await PredictionsAsync(run)).Count);
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_64()
    {
        await PrepareAsync("settings", Day);

        Assert.Equal(
            "--shard scores a part of a run and --publish publishes all of it: give one of them. Nothing was changed.",
            (await ShardAsync("settings", "1/4", "--publish", "4")).With(64).LastWords
        );
        Assert.Equal(
            "--shard is '5/4', but I/N is expected, with 1 <= I <= N <= 64. Example: --shard 2/4",
            (await ShardAsync("settings", "5/4")).With(64).LastWords
        );
        Assert.StartsWith(
            "--warehouse is missing;",
            (await _parcels.StepAsync("score", "settings", "--publish", "4")).With(64).LastWords,
            StringComparison.Ordinal
        );
    }

    private async Task PrepareAsync(string run, string asOf, int code = 0, int partBytes = 1024)
    {
        (
            await _parcels.StepAsync(
                "extract",
                run,
                "--kind",
                "score",
                "--as-of",
                asOf,
                "--warehouse",
                Workspace.WarehouseAsReader,
                "--part-bytes",
                $"{partBytes}"
            )
        ).With(code);
        (await _parcels.StepAsync("features", run)).With(code);
    }

    private async Task ShardsAsync(string run, int of)
    {
        foreach (var number in Enumerable.Range(1, of))
        {
            (await ShardAsync(run, $"{number}/{of}")).With(0);
        }
    }

    private Task<Ended> ShardAsync(string run, string shard, params string[] more) =>
        _parcels.StepAsync("score", run, ["--shard", shard, .. more]);

    private Task<Ended> ScoreAsync(string run, params string[] more) =>
        _parcels.StepAsync("score", run, ["--warehouse", Workspace.Warehouse, .. more]);

    private static string ManifestOf(string run, string shard) => $"parcels/runs/{run}/score/shard-{shard}.json";

    private async Task<IReadOnlyList<string>> PredictionsAsync(string run) =>
        await Workspace.QueryAsync(
            "SELECT count(*) FROM information_schema.tables WHERE table_name = 'parcels_predictions'"
        )
            is ["0"]
            ? []
            : await Workspace.QueryAsync(
                "SELECT parcel_id, cutoff, model, hindsight, probability, predicted FROM "
                    + $"trainyard.parcels_predictions WHERE run = '{run}' ORDER BY parcel_id"
            );

    /// <summary>The summary but for the instant, which is each run's own.</summary>
    private async Task<string> SummaryAsync(string run)
    {
        var summary = (await Workspace.ReadJsonAsync(await _parcels.FindAsync(run, "score", "summary-"))).AsObject();
        summary.Remove("predicted_at");
        return summary.ToJsonString();
    }

    /// <summary>Changes what a shard has left, and its manifest's word for it.</summary>
    private async Task RewriteAsync(string run, string shard, Action<JsonNode> change)
    {
        var manifest = await Workspace.ReadJsonAsync(ManifestOf(run, shard));
        var file = manifest["files"]![0]!;
        var name = $"parcels/runs/{run}/score/{(string)file["file"]!}";
        var scores = await Workspace.ReadJsonAsync(name);
        change(scores);
        var bytes = Encoding.UTF8.GetBytes(scores.ToJsonString());
        await Workspace.WriteAsync(name, bytes);
        file["bytes"] = bytes.Length;
        file["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await Workspace.WriteTextAsync(ManifestOf(run, shard), Sealing.Seal(manifest.AsObject()));
    }
}

/// <summary>A pipeline with a champion, which all tests of a class score with.</summary>
public sealed class TrainedParcels<TWorkspace> : IAsyncDisposable
    where TWorkspace : Workspace, new()
{
    private readonly Lazy<Task> _trained;

    public TrainedParcels()
    {
        Parcels = new Parcels(Workspace);
        _trained = new Lazy<Task>(TrainAsync);
    }

    public TWorkspace Workspace { get; } = new();

    internal Parcels Parcels { get; }

    /// <summary>Called by each test: where there is no server, it is the test that is skipped.</summary>
    public Task UseAsync() => _trained.Value;

    public ValueTask DisposeAsync() => Workspace.DisposeAsync();

    private async Task TrainAsync()
    {
        await Workspace.OpenAsync();
        await Parcels.MakeAsync();
        await Parcels.TrainedAsync("2024-05-17");
    }
}

public sealed class ShardsOnFolderAndDuckDb(TrainedParcels<FolderAndDuckDb> trained)
    : ShardTests<FolderAndDuckDb>(trained),
        IClassFixture<TrainedParcels<FolderAndDuckDb>>;

[Trait("Suite", Suites.Slow)]
public sealed class ShardsOnPostgresAndS3(TrainedParcels<PostgresAndS3> trained)
    : ShardTests<PostgresAndS3>(trained),
        IClassFixture<TrainedParcels<PostgresAndS3>>;
