using System.Security.Cryptography;
using System.Text;

namespace Trainyard.Tests.EndToEnd;

/// <summary>Broken input, one by one: each gives one clear sentence, the right exit code, and leaves store and
/// warehouse as they were.</summary>
public abstract class BrokenInputTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Asof = "2024-05-20";

    [Fact]
    public async Task A_part_cut_short_is_65()
    {
        await Parcels.TrainAsync("r1", Asof);
        var part = await Parcels.FindAsync("r1", "extract", "part-");
        await Workspace.WriteAsync(part, (await Workspace.ReadAsync(part))[..^100]);

        await FailsAsync("features", "r1", 65, "is not what was written: it has ");
    }

    [Fact]
    public async Task A_flipped_byte_is_65()
    {
        await Parcels.TrainAsync("r1", Asof);
        var part = await Parcels.FindAsync("r1", "extract", "part-");
        var bytes = await Workspace.ReadAsync(part);
        bytes[^3] ^= 1;
        await Workspace.WriteAsync(part, bytes);

        await FailsAsync(
            "features",
            "r1",
            65,
            "is not what was written: its SHA-256 is another. Nothing was changed; remove the run's folder "
                + "and start a new run."
        );
    }

    [Theory]
    [InlineData(
        "parcel_id,day_start,late,weight",
        "parcel_id,day_start,late,mass",
        ":1: the column 'weight' of the manifest is not in the header, which has 'mass' instead."
    )]
    [InlineData("\n300,", "\nabc,", ": column 'parcel_id': 'abc' is not of the type integer.")]
    [InlineData("\n300,", "\n,", "column 'parcel_id': the value is null, which this column may not be.")]
    public async Task A_part_that_differs_from_its_manifests_word_is_65(string from, string to, string message)
    {
        await Parcels.TrainAsync("r1", "2024-04-16");
        await RewriteAsync("r1", text => Replace(text, from, to));

        await FailsAsync("features", "r1", 65, message);
    }

    [Fact]
    public async Task A_part_with_its_columns_in_another_order_is_read_by_name()
    {
        await Parcels.TrainAsync("r1", Asof, "features");
        await Parcels.TrainAsync("r2", Asof);
        await RewriteAsync(
            "r2",
            text =>
                string.Join(
                    '\n',
                    text.Split('\n')
                        .Select(line =>
                            line.Length == 0
                                ? line
                                : string.Join(',', line.Split(',') is [var first, .. var rest] ? [.. rest, first] : [])
                        )
                )
        );

        (await Parcels.StepAsync("features", "r2")).With(0);

        Assert.Equal(
            await Parcels.ReadAsync("r1", "features", "part-"),
            await Parcels.ReadAsync("r2", "features", "part-")
        );
    }

    [Fact]
    public async Task A_missing_part_is_66()
    {
        await Parcels.TrainAsync("r1", Asof);
        await Workspace.DeleteAsync(await Parcels.FindAsync("r1", "extract", "part-"));

        await FailsAsync("features", "r1", 66, "is not there.");
    }

    [Fact]
    public async Task A_manifest_that_is_no_manifest_is_65()
    {
        await Parcels.TrainAsync("r1", Asof);
        await Workspace.WriteTextAsync(await Parcels.FindAsync("r1", "extract", "manifest"), "{\"format\": 1}");

        await FailsAsync("features", "r1", 65, "is not a file this version of Trainyard wrote");
    }

    [Fact]
    public async Task A_model_with_a_changed_byte_is_never_loaded()
    {
        await Parcels.TrainedAsync(Asof);
        var model = await Workspace.FindAsync("parcels/models/train.20240520T040000Z.1/served_model-");
        var bytes = await Workspace.ReadAsync(model);
        bytes[bytes.Length / 2] ^= 1;
        await Workspace.WriteAsync(model, bytes);

        var ended = (await Parcels.RunAsync("score", Asof)).With(65);

        Assert.Contains("is not what was written", ended.LastWords, StringComparison.Ordinal);
        Assert.Equal(
            ["0"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM information_schema.tables WHERE table_name = 'parcels_predictions'"
            )
        );
    }

    [Fact]
    public async Task A_new_category_is_scored_as_other_and_too_many_of_them_are_65()
    {
        await Parcels.TrainedAsync(Asof);
        await Workspace.ExecuteAsync(
            "UPDATE parcels SET depot = 'moon' WHERE day_start = TIMESTAMPTZ '2024-05-21 04:00:00+00' AND "
                + "parcel_id % 20 = 0"
        );
        (await Parcels.RunAsync("score", "2024-05-21")).With(0);
        await Workspace.ExecuteAsync(
            "UPDATE parcels SET depot = 'moon' WHERE day_start = TIMESTAMPTZ '2024-05-22 04:00:00+00' AND "
                + "parcel_id % 3 = 0"
        );

        var ended = (await Parcels.RunAsync("score", "2024-05-22")).With(65);

        Assert.Contains("'depot'", ended.LastWords, StringComparison.Ordinal);
        Assert.Contains("33", ended.LastWords, StringComparison.Ordinal);
        Assert.Contains("10", ended.LastWords, StringComparison.Ordinal);
        Assert.Equal(["60"], await Workspace.QueryAsync("SELECT count(*) FROM trainyard.parcels_predictions"));
    }

    [Fact]
    public async Task Nulls_that_rise_beyond_the_limit_are_65()
    {
        await Parcels.TrainedAsync(Asof);
        await Workspace.ExecuteAsync(
            "UPDATE parcels SET weight = NULL WHERE day_start = TIMESTAMPTZ '2024-05-21 04:00:00+00' AND "
                + "parcel_id % 2 = 0"
        );

        var ended = (await Parcels.RunAsync("score", "2024-05-21")).With(65);

        Assert.Contains("'weight'", ended.LastWords, StringComparison.Ordinal);
        Assert.Contains("null", ended.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_spec_with_five_mistakes_gives_five_messages()
    {
        Workspace.WriteFile(
            "pipelines/parcels/pipeline.yaml",
            """
            version: 1
            name: parcels
            clock: {zone: America/NewYork}
            rows: {sql: row.sql, key: [parcel_id], cutoff: day_start}
            label: {column: late, known_after: 2 days}
            features:
              numbers: [weight, weight]
              derived: {load: {expression: "lgo(weight)"}}
            model: {task: binary}
            metric: rmse
            """
        );

        var ended = (await Parcels.RunAsync("train", Asof)).With(78);

        Assert.Equal(5, ended.Words.Split('\n').Length);
        Assert.Contains(
            "pipeline.yaml:3:15: there is no time zone 'America/NewYork'. Did you mean 'America/New_York'?",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "the SQL file 'row.sql' is not there. Did you mean 'rows.sql'?",
            ended.Error,
            StringComparison.Ordinal
        );
        Assert.Contains("two features have the name 'weight'", ended.Error, StringComparison.Ordinal);
        Assert.Contains("there is no function 'lgo'. Did you mean 'log'?", ended.Error, StringComparison.Ordinal);
        Assert.Empty(await Workspace.ListAsync());
    }

    [Fact]
    public async Task A_run_that_is_not_there_is_66()
    {
        var ended = (
            await Workspace.RunAsync(
                "features",
                ["--pipeline", "flights", "--run-id", "r1"],
                ("TRAINYARD_STORE", Workspace.Store)
            )
        ).With(66);

        Assert.Equal(
            $"There is no run 'r1' of pipeline 'flights' in {Workspace.Store}: run its extract step first.",
            ended.LastWords
        );
    }

    private async Task FailsAsync(string step, string runId, int code, string message)
    {
        var before = await Workspace.StateAsync();

        var ended = (await Parcels.StepAsync(step, runId)).With(code);

        Assert.Contains(message, ended.LastWords, StringComparison.Ordinal);
        Assert.Equal("", ended.Output);
        Assert.Single(ended.Words.Split('\n'));
        Assert.Equal(before, await Workspace.StateAsync());
    }

    /// <summary>Changes a part, and its manifest's word for it: what then is wrong must be seen by reading.</summary>
    private async Task RewriteAsync(string runId, Func<string, string> change)
    {
        var part = await Parcels.FindAsync(runId, "extract", "part-");
        var manifest = await Parcels.FindAsync(runId, "extract", "manifest");
        var bytes = Encoding.UTF8.GetBytes(change(await Workspace.ReadTextAsync(part)));
        await Workspace.WriteAsync(part, bytes);
        var json = await Workspace.ReadJsonAsync(manifest);
        json["dataset"]!["parts"]![0]!["bytes"] = bytes.Length;
        json["dataset"]!["parts"]![0]!["sha256"] = Convert.ToHexStringLower(SHA256.HashData(bytes));
        await Workspace.WriteTextAsync(manifest, Sealing.Seal(json.AsObject()));
    }

    private static string Replace(string text, string from, string to)
    {
        Assert.Contains(from, text, StringComparison.Ordinal);
        return text.Replace(from, to, StringComparison.Ordinal);
    }
}

public sealed class BrokenInputOnFolderAndDuckDb : BrokenInputTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class BrokenInputOnPostgresAndS3 : BrokenInputTests<PostgresAndS3>;
