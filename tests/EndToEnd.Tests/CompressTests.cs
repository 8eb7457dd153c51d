namespace Trainyard.Tests.EndToEnd;

/// <summary>Parts that are kept as gzip: smaller, and otherwise the same.</summary>
public abstract class CompressTests<TWorkspace> : ParcelsTests<TWorkspace>
    where TWorkspace : Workspace, new()
{
    private const string Day = "2024-05-20";

    [Fact]
    [Trait("Suite", Suites.Slow)]
    public async Task A_chain_of_compressed_parts_answers_the_same()
    {
        string[] run =
        [
            "run",
            Parcels.Folder,
            "--as-of",
            Day,
            "--store",
            Workspace.Store,
            "--warehouse",
            Workspace.Warehouse,
        ];
        (await Workspace.RunAsync("trainyard", run, ("TRAINYARD_COMPRESS", "gzip"))).With(0);
        (await Workspace.RunAsync("trainyard", [.. run, "--again"])).With(0);

        foreach (
            var step in new[]
            {
                "train.20240520T040000Z.{0}/extract",
                "train.20240520T040000Z.{0}/features",
                "score.20240520T040000Z.{0}/score",
            }
        )
        {
            var (packed, plain) = (await FindAsync(step, 1), await FindAsync(step, 2));
            Assert.EndsWith(".csv.gz", packed, StringComparison.Ordinal);
            Assert.EndsWith(".csv", plain, StringComparison.Ordinal);
            Assert.True((await Workspace.ReadAsync(packed)).Length < (await Workspace.ReadAsync(plain)).Length);
        }

        Assert.Equal(
            ["120|2"],
            await Workspace.QueryAsync("SELECT count(*), count(DISTINCT run) FROM trainyard.parcels_predictions")
        );
        Assert.Equal(
            ["60"],
            await Workspace.QueryAsync(
                "SELECT count(*) FROM (SELECT DISTINCT parcel_id, cutoff, probability, predicted FROM "
                    + "trainyard.parcels_predictions) AS answers"
            )
        );
    }

    [Fact]
    public async Task A_compressed_part_that_was_changed_or_cut_is_65()
    {
        (
            await Parcels.StepAsync(
                "extract",
                "r1",
                "--kind",
                "train",
                "--as-of",
                Day,
                "--warehouse",
                Workspace.WarehouseAsReader,
                "--compress",
                "gzip"
            )
        ).With(0);
        var part = await Parcels.FindAsync("r1", "extract", "part-");
        var bytes = await Workspace.ReadAsync(part);
        foreach (
            var changed in new[]
            {
                bytes[..^100],
                [.. bytes, 0],
                [.. bytes[..1000], (byte)(bytes[1000] ^ 1), .. bytes[1001..]],
            }
        )
        {
            await Workspace.WriteAsync(part, changed);

            Assert.StartsWith(
                $"{Workspace.Store}/{part}",
                (await Parcels.StepAsync("features", "r1")).With(65).LastWords,
                StringComparison.Ordinal
            );
        }
    }

    private Task<string> FindAsync(string step, int number) =>
        Workspace.FindAsync($"parcels/runs/{step.Replace("{0}", $"{number}", StringComparison.Ordinal)}/part-");
}

public sealed class CompressOnFolderAndDuckDb : CompressTests<FolderAndDuckDb>;

[Trait("Suite", Suites.Slow)]
public sealed class CompressOnPostgresAndS3 : CompressTests<PostgresAndS3>;
