namespace Trainyard.Tests.EndToEnd;

/// <summary>Credentials that are wrong, gone or worn out: the right code, one sentence, and never the secret.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class CredentialTests : ParcelsTests<PostgresAndS3>
{
    private const string Canary = "canary-c0ffee-5ec2e7";

    private static readonly string[] Train = ["--kind", "train", "--as-of", "2024-05-20"];

    [Theory]
    [InlineData("PGPASSWORD", Canary, 77, "The warehouse postgresql://")]
    [InlineData("AWS_SECRET_ACCESS_KEY", Canary, 77, "The store s3://")]
    [InlineData("AWS_ACCESS_KEY_ID", "UNKNOWN", 77, "The store s3://")]
    public async Task A_wrong_credential_is_refused_in_one_sentence(
        string variable,
        string value,
        int code,
        string beginning
    )
    {
        var ended = (await ExtractAsync(Workspace.VariablesWith((variable, value)))).With(code);

        Assert.StartsWith(beginning, ended.LastWords, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was changed.", ended.LastWords, StringComparison.Ordinal);
        Assert.Single(ended.Words.Split('\n'));
        AssertNoSecret(ended);
        Assert.Empty(await Workspace.ListAsync());
    }

    [Fact]
    public async Task An_expired_token_is_77_and_says_so()
    {
        await using var store = await Servers.HttpServer.StartAsync(_ =>
            (400, "<Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>")
        );

        var ended = (
            await ExtractAsync(Workspace.VariablesWith(("AWS_ENDPOINT_URL", store.Url), ("AWS_SESSION_TOKEN", Canary)))
        ).With(77);

        Assert.Contains("expired", ended.LastWords, StringComparison.Ordinal);
        AssertNoSecret(ended);
    }

    [Fact]
    public async Task No_credentials_are_77_and_the_places_looked_in_are_named()
    {
        var without = Workspace.VariablesWith(
            ("AWS_ACCESS_KEY_ID", null),
            ("AWS_SECRET_ACCESS_KEY", null),
            ("HOME", Workspace.Folder)
        );

        var ended = (await ExtractAsync(without)).With(77);

        Assert.Contains("AWS_ACCESS_KEY_ID", ended.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bucket_that_is_missing_is_78_and_named()
    {
        var ended = (
            await Workspace.RunAsync(
                "extract",
                [
                    "--pipeline",
                    Parcels.Folder,
                    "--run-id",
                    "t1",
                    "--store",
                    "s3://no-such-bucket-here/yard",
                    "--warehouse",
                    Workspace.Warehouse,
                    "--kind",
                    "train",
                    "--as-of",
                    "2024-05-20",
                ]
            )
        ).With(78);

        Assert.Contains("there is no bucket 'no-such-bucket-here'", ended.LastWords, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_secret_is_in_any_log_line_object_table_or_report()
    {
        var chatty = Workspace.VariablesWith(("TRAINYARD_LOG_LEVEL", "debug"));
        var score = new[] { "extract", "features", "score", "report" };
        AssertNoSecret(
            (
                await Programs.RunAsync(
                    "trainyard",
                    [
                        "run",
                        Parcels.Folder,
                        "--as-of",
                        "2024-05-20",
                        "--store",
                        Workspace.Store,
                        "--warehouse",
                        Workspace.Warehouse,
                    ],
                    chatty
                )
            ).With(0)
        );
        foreach (var step in score)
        {
            string[] more = step switch
            {
                "extract" => ["--kind", "score", "--as-of", "2024-05-21", "--warehouse", Workspace.Warehouse],
                "score" => ["--warehouse", Workspace.Warehouse],
                _ => [],
            };
            AssertNoSecret(
                (
                    await Programs.RunAsync(
                        step,
                        [
                            "--pipeline",
                            step == "extract" ? Parcels.Folder : "parcels",
                            "--run-id",
                            "s1",
                            "--store",
                            Workspace.Store,
                            "--output",
                            "json",
                            .. more,
                        ],
                        chatty
                    )
                ).With(0)
            );
        }

        foreach (var name in await Workspace.ListAsync())
        {
            AssertNoSecret(await Workspace.ReadTextAsync(name), name);
        }

        foreach (
            var table in await Workspace.QueryAsync(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'trainyard'"
            )
        )
        {
            AssertNoSecret(
                string.Join('\n', await Workspace.QueryAsync($"SELECT t::text FROM trainyard.{table} AS t")),
                table
            );
        }
    }

    private Task<Ended> ExtractAsync(IReadOnlyDictionary<string, string?> variables) =>
        Programs.RunAsync(
            "extract",
            [
                "--pipeline",
                Parcels.Folder,
                "--run-id",
                "t1",
                "--store",
                Workspace.Store,
                "--warehouse",
                Workspace.Warehouse,
                .. Train,
            ],
            variables
        );

    private void AssertNoSecret(Ended ended) => AssertNoSecret(ended.Output + ended.Error, "what it said");

    /// <summary>The servers' own secrets are the canaries: random, long, and known to the tests.</summary>
    private void AssertNoSecret(string text, string where)
    {
        foreach (
            var secret in new[]
            {
                Workspace.Variables["AWS_SECRET_ACCESS_KEY"],
                Workspace.Variables["PGPASSWORD"],
                Canary,
            }
        )
        {
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"A secret is in {where}.");
        }
    }
}
