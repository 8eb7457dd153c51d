using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.Images;

/// <summary>The README's lines, pasted.</summary>
public sealed class ReadmeTests : ImageTests
{
    private const string Hardened =
        "docker run --read-only --tmpfs /tmp --cap-drop ALL --security-opt no-new-privileges --network none ";
    private const string Who =
        "--user \"$(id -u):$(id -g)\" -v \"$PWD/artifacts/run:/yard\" -v \"$PWD/pipelines:/pipelines:ro\"";

    [Theory]
    [InlineData("docker run ")]
    [InlineData(Hardened)]
    public async Task A_folder_and_a_DuckDB_file_see_a_train_run_and_a_score_run(string run)
    {
        using var yard = await Yard.MakeAsync();
        Assert.Equal(
            ["extract", "features", "train", "report", "extract", "features", "score", "report"],
            ReadmeLines.Embedded.Select(StepOf)
        );

        var ended = (
            await Docker.PasteAsync(
                string.Join('\n', ReadmeLines.Embedded).Replace("docker run ", run, StringComparison.Ordinal),
                yard.Folder
            )
        ).With(0);

        Assert.Matches(
            "(?s)^Extracted .*Computed .*Trained train.1, and promoted it.*Promoted.*Extracted .*Scored "
                + "[0-9]+ rows with model train.1.*published in trainyard.flights_predictions.*predictions by model "
                + "train.1",
            ended.Output
        );
        var manifest = JsonNode.Parse(
            await File.ReadAllTextAsync(
                Path.Combine(yard.Data, "store/flights/runs/score.1/score/manifest.json"),
                TestContext.Current.CancellationToken
            )
        )!;
        Assert.Equal(StepImages.Of("score"), (string?)manifest["producer"]!["image"]);
        Assert.Equal(
            (StepImages.Version, StepImages.Revision),
            ((string)manifest["producer"]!["version"]!, (string)manifest["producer"]!["commit"]!)
        );
        await ExportedFile.HoldAsync(yard, run, Who);
        await AskAsync(yard, run);
    }

    [Fact]
    public async Task PostgreSQL_and_S3_on_a_network_see_the_same()
    {
        using var yard = await Yard.MakeAsync();
        var project = $"trainyard-images-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        var (postgresPort, s3Port) = ($"{LocalPorts.Free()}", $"{LocalPorts.Free()}");
        var prelude = $"""
            shopt -s expand_aliases
            export COMPOSE_PROJECT_NAME={project} TRAINYARD_POSTGRES_PORT={postgresPort} TRAINYARD_S3_PORT={s3Port}
            alias trainyard="'{Programs.Dotnet}' '{Programs.AssemblyOf("trainyard")}'"
            alias sample="'{Programs.Dotnet}' '{Programs.AssemblyOf("sample")}'"

            """;
        // With ports and a network of its own, and sixty flights a day.
        string Own(IEnumerable<string> lines) =>
            string.Join('\n', lines)
                .Replace("127.0.0.1/", $"127.0.0.1:{postgresPort}/", StringComparison.Ordinal)
                .Replace("7480", s3Port, StringComparison.Ordinal)
                .Replace("sample flights", "sample flights --rows-per-day 60", StringComparison.Ordinal)
                .Replace("trainyard_default", $"{project}_default", StringComparison.Ordinal);
        try
        {
            var services = (await Docker.PasteAsync(prelude + Own(ReadmeLines.Services), yard.Folder)).With(0);
            Assert.Matches(
                @"(?s)Trained train\.20131230T050000Z\.1, and promoted it.*published in trainyard\.flights_predictions",
                services.Output
            );
            var ended = (
                await Docker.PasteAsync(
                    Own([
                        .. ReadmeLines.Servers,
                        "docker run --rm --env-file docker/steps.env --network trainyard_default trainyard/cli:1.1 "
                            + "runs flights",
                        .. ReadmeLines.Deployment,
                    ]),
                    yard.Folder
                )
            ).With(0);
            Assert.Matches(
                "(?s)^Extracted .*Computed .*Trained train.1, and promoted it.*Scored [0-9]+ rows with model "
                    + "train.1.*predictions by model train.1.*s3://trainyard/yard/flights/runs/score.1/report",
                ended.Output
            );
            Assert.Matches(@"(?m)^score\.1 .* finished", ended.Output);
            Assert.NotNull(
                JsonNode.Parse(
                    await File.ReadAllTextAsync(
                        Path.Combine(yard.Folder, "score.cdx.json"),
                        TestContext.Current.CancellationToken
                    )
                )!["components"]
            );
            foreach (
                var secret in await File.ReadAllLinesAsync(
                    Path.Combine(yard.Folder, "docker/.env"),
                    TestContext.Current.CancellationToken
                )
            )
            {
                if (secret.StartsWith("TRAINYARD_", StringComparison.Ordinal))
                {
                    Assert.DoesNotContain(
                        secret.Split('=', 2)[1],
                        services.Output + services.Error + ended.Output + ended.Error,
                        StringComparison.Ordinal
                    );
                }
            }
        }
        finally
        {
            await Docker.PasteAsync(
                prelude + "docker compose -f docker/compose.yaml --profile services down -v -t 1",
                yard.Folder
            );
        }
    }

    /// <summary>What a person asks `trainyard/cli` after the two runs, and decides with it.</summary>
    private static async Task AskAsync(Yard yard, string run)
    {
        Task<Ended> CliAsync(string words) =>
            Docker.PasteAsync($"{run}--rm {Who} trainyard/cli:1.1 {words}", yard.Folder);
        const string Addresses = "--store /yard/store --warehouse duckdb:/yard/warehouse.duckdb";

        Assert.Matches(
            @"(?m)^score\.1 .* finished",
            (await CliAsync("runs flights --store /yard/store")).With(0).Output
        );
        Assert.Contains(
            "train.1",
            (await CliAsync("show flights score.1 --store /yard/store")).With(0).Output,
            StringComparison.Ordinal
        );
        (await CliAsync($"validate pipelines/flights --warehouse duckdb:/yard/warehouse.duckdb")).With(0);
        (await CliAsync($"check pipelines/flights {Addresses} --since 2013-12-30 --as-of 2013-12-30T12:00:00Z")).With(
            0
        );
        (await CliAsync($"gc pipelines/flights {Addresses} --dry-run")).With(0);
        (await CliAsync("rollback flights --why tried --store /yard/store")).With(0);
        (await CliAsync("promote flights train.1 --why tried --store /yard/store")).With(0);
        Assert.StartsWith(
            "trainyard starts the steps' programs for this, and 'extract' is not beside it",
            (await CliAsync($"run pipelines/flights {Addresses} --as-of 2013-12-30")).With(78).LastWords,
            StringComparison.Ordinal
        );
        Assert.Equal(2, Directory.EnumerateDirectories(Path.Combine(yard.Data, "store/flights/runs")).Count());
    }

    private static string StepOf(string line) => line.Split("trainyard/")[1].Split(':')[0];
}
