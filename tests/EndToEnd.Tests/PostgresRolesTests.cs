using System.Diagnostics;
using CliWrap;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The chain over PostgreSQL under the roles of docs/roles.sql, and passwords that nobody gets to
/// see.</summary>
public sealed class PostgresRolesTests : IAsyncLifetime
{
    private const string Make = """
        CREATE TABLE parcels AS
        WITH drawn AS (
            SELECT i AS parcel_id, DATE '2024-01-01' + i / 60 AS day, i * 7919 % 1000 / 1000.0 AS a,
                i * 104729 % 1000 / 1000.0 AS b, i * 15485863::bigint % 1000 / 1000.0 AS c
            FROM generate_series(0, 60 * 160 - 1) AS i
        )
        SELECT parcel_id, CAST(day AS timestamp) AT TIME ZONE 'America/New_York' AS day_start,
            c < 0.08 + 0.5 * a * a + CASE WHEN parcel_id % 3 = 0 THEN 0.25 ELSE 0 END AS late,
            round(a * 30, 2) AS weight, CAST(1 + floor(b * 20) AS integer) AS stops,
            (ARRAY['north', 'south', 'harbour'])[1 + parcel_id % 3] AS depot,
            (CAST(day AS timestamp) + floor(b * 1440) * INTERVAL '1 minute') AT TIME ZONE 'America/New_York'
                AS handed_over
        FROM drawn;
        ALTER TABLE parcels ADD PRIMARY KEY (parcel_id);
        """;

    private readonly string _canary = $"canary-{Guid.NewGuid():N}";
    private readonly string _reader = $"reader_{Guid.NewGuid():N}";
    private readonly string _writer = $"writer_{Guid.NewGuid():N}";
    private readonly string _viewer = $"viewer_{Guid.NewGuid():N}";
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;
    private TestDatabase _database = null!;

    private string Folder => Path.Combine(_folder, "pipelines", "parcels");

    private string Store => Path.Combine(_folder, "store");

    private static Dictionary<string, string?> Nothing => [];

    private Dictionary<string, string?> AsReader =>
        new()
        {
            ["TRAINYARD_WAREHOUSE"] = _database.UriFor(_reader).Replace("@", $":{_canary}@", StringComparison.Ordinal),
        };

    private Dictionary<string, string?> AsWriter =>
        new()
        {
            ["TRAINYARD_WAREHOUSE_FILE"] = Write(
                "secret",
                _database.UriFor(_writer).Replace("@", $":{_canary}@", StringComparison.Ordinal) + "\n"
            ),
        };

    public async ValueTask InitializeAsync()
    {
        var server = await PostgresServer.UseAsync();
        _database = await server.CreateDatabaseAsync();
        await _database.ExecuteAsync(Make);
        var roles = await File.ReadAllTextAsync(
            Path.Combine(Programs.Root, "docs", "roles.sql"),
            TestContext.Current.CancellationToken
        );
        roles = roles
            .Replace(":\"reader\"", _reader)
            .Replace(":\"writer\"", _writer)
            .Replace(":\"viewer\"", _viewer)
            .Replace(":\"schema\"", "public")
            .Replace(":\"owner\"", server.User);

        // It can be run again.
        await _database.ExecuteAsync(roles);
        await _database.ExecuteAsync(roles);
        await _database.ExecuteAsync(
            $"ALTER ROLE {_reader} PASSWORD '{_canary}'; ALTER ROLE {_writer} PASSWORD '{_canary}'"
        );
        Write("pipelines/parcels/pipeline.yaml", Parcels.Spec);
        Write("pipelines/parcels/rows.sql", Parcels.Sql);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_database is not null)
        {
            // One by one: PostgreSQL loses its way in what two of them have of each other.
            foreach (var role in new[] { _viewer, _writer, _reader })
            {
                await _database.ExecuteAsync($"DROP OWNED BY {role} CASCADE; DROP ROLE {role}");
            }

            await _database.DisposeAsync();
        }
    }

    [Fact]
    public async Task Extract_reads_as_the_reader_and_score_publishes_as_the_writer_and_no_password_is_seen()
    {
        var said = new List<string>();
        await StepAsync("extract", "t1", AsReader, "--kind", "train", "--as-of", "2024-05-20");
        await StepAsync("features", "t1", Nothing);
        await StepAsync("train", "t1", Nothing, "--promote", "a test");
        await StepAsync("extract", "s1", AsReader, "--kind", "score", "--as-of", "2024-05-20");
        await StepAsync("features", "s1", Nothing);

        var denied = (await Programs.RunAsync("score", StepArguments("score", "s1"), AsReader)).With(77);
        Assert.Contains("permission denied", denied.LastWords, StringComparison.Ordinal);
        await StepAsync("score", "s1", AsWriter);
        denied = (await Programs.RunAsync("trainyard", ["record", "parcels", "s1", "--store", Store], AsReader)).With(
            77
        );
        Assert.Contains("permission denied for schema trainyard", denied.LastWords, StringComparison.Ordinal);
        (await Programs.RunAsync("trainyard", ["record", "parcels", "s1", "--store", Store], AsWriter)).With(0);
        (await Programs.RunAsync("trainyard", ["record", "parcels", "t1", "--store", Store], AsWriter)).With(0);
        denied = (
            await Programs.RunAsync(
                "extract",
                [.. StepArguments("extract", "s2"), "--kind", "score", "--as-of", "2024-05-20"],
                AsWriter
            )
        ).With(77);
        Assert.Contains("rows.sql", denied.LastWords, StringComparison.Ordinal);
        Assert.Contains(
            "permission denied for table parcels. Its owner can mend that: GRANT SELECT ON public.parcels TO "
                + $"{_writer}; Nothing was changed.",
            denied.LastWords,
            StringComparison.Ordinal
        );

        Assert.Equal(
            ["60|1"],
            await _database.QueryAsync(
                "SELECT count(*), count(DISTINCT run) FROM trainyard.parcels_predictions_current"
            )
        );
        Assert.Equal(
            ["t|t|f|f"],
            await _database.QueryAsync(
                $"SELECT has_table_privilege('{_viewer}', 'trainyard.parcels_predictions_current', 'SELECT'), "
                    + $"has_table_privilege('{_viewer}', 'trainyard.runs', 'SELECT'), "
                    + $"has_table_privilege('{_viewer}', 'trainyard.runs', 'DELETE'), "
                    + $"has_table_privilege('{_viewer}', 'parcels', 'SELECT')"
            )
        );
        Assert.All(said, words => Assert.DoesNotContain(_canary, words, StringComparison.Ordinal));
        Assert.All(
            Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain(_canary, File.ReadAllText(file), StringComparison.Ordinal)
        );
        Assert.Equal(
            ["0"],
            await _database.QueryAsync(
                "SELECT count(*) FROM trainyard.runs AS r, trainyard.models AS m, trainyard.run_outcomes AS o WHERE "
                    + $"r::text LIKE '%{_canary}%' OR m::text LIKE '%{_canary}%' OR o::text LIKE '%{_canary}%'"
            )
        );

        async Task StepAsync(string step, string run, Dictionary<string, string?> variables, params string[] more)
        {
            variables["TRAINYARD_LOG_LEVEL"] = "debug";
            var ended = (await Programs.RunAsync(step, [.. StepArguments(step, run), .. more], variables)).With(0);
            said.AddRange([ended.Output, ended.Error]);
        }
    }

    [Fact]
    public async Task A_password_on_a_command_line_is_64_and_not_repeated()
    {
        foreach (
            var warehouse in new[]
            {
                $"postgresql://ada:{_canary}@localhost/flights",
                $"postgresql://ada@localhost/flights?password={_canary}",
                $"host=localhost password='{_canary}'",
            }
        )
        {
            var ended = (
                await Programs.RunAsync(
                    "extract",
                    [
                        .. StepArguments("extract", "t1"),
                        "--kind",
                        "train",
                        "--as-of",
                        "2024-05-20",
                        "--warehouse",
                        warehouse,
                    ]
                )
            ).With(64);
            Assert.Equal(
                "--warehouse has a password in it, which everybody on this machine can read: give it by "
                    + "TRAINYARD_WAREHOUSE, TRAINYARD_WAREHOUSE_FILE, PGPASSWORD or .pgpass instead. Nothing was "
                    + "changed.",
                ended.LastWords
            );
            Assert.DoesNotContain(_canary, ended.Error + ended.Output, StringComparison.Ordinal);

            ended = (await Programs.RunAsync("extract", ["--warehous", warehouse])).With(64);
            Assert.DoesNotContain(_canary, ended.Error + ended.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_steps_of_trainyard_run_get_the_warehouse_by_their_environment()
    {
        await _database.ExecuteAsync($"GRANT {_reader} TO {_writer}");

        // What a superuser makes is the writer's, who owns the schema.
        (
            await Programs.RunAsync(
                "trainyard",
                ["migrate"],
                new Dictionary<string, string?>
                {
                    ["TRAINYARD_WAREHOUSE"] = _database.Uri,
                    ["PGPASSWORD"] = _database.Password,
                }
            )
        ).With(0);
        Assert.Equal(
            [_writer],
            await _database.QueryAsync("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'trainyard'")
        );
        var ended = (
            await Programs.RunAsync(
                "trainyard",
                ["run", Folder, "--kind", "train", "--as-of", "2024-05-20", "--store", Store, "--trial", "9000"],
                AsWriter
            )
        ).With(0);
        Assert.DoesNotContain(_canary, ended.Output + ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Both_a_variable_and_a_file_are_64()
    {
        var ended = (
            await Programs.RunAsync(
                "extract",
                [.. StepArguments("extract", "t1"), "--kind", "train", "--as-of", "2024-05-20"],
                AsReader.Concat(AsWriter).ToDictionary()
            )
        ).With(64);
        Assert.Equal(
            "TRAINYARD_WAREHOUSE and TRAINYARD_WAREHOUSE_FILE are both set: keep one of them.",
            ended.LastWords
        );
    }

    [Fact]
    public async Task SIGTERM_in_the_middle_of_a_query_is_143_within_five_seconds_and_nothing_goes_on_in_the_server()
    {
        Write(
            "pipelines/parcels/rows.sql",
            Parcels.Sql.Replace(
                "WHERE day_start",
                "WHERE (SELECT count(*) FROM generate_series(1, 1000000) AS a, generate_series(1, 1000000) AS "
                    + "b) > 0 AND day_start",
                StringComparison.Ordinal
            )
        );
        var start = new ProcessStartInfo(
            Programs.Dotnet,
            [
                Programs.AssemblyOf("extract"),
                .. StepArguments("extract", "t1"),
                "--kind",
                "train",
                "--as-of",
                "2024-05-20",
            ]
        )
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["TRAINYARD_WAREHOUSE"] = AsReader["TRAINYARD_WAREHOUSE"];
        using var process = Process.Start(start)!;
        var words = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        while ((await Running()) == 0)
        {
            Assert.False(process.HasExited, process.HasExited ? await words : "");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        var watch = Stopwatch.StartNew();
        await Cli.Wrap("kill")
            .WithArguments(["-TERM", $"{process.Id}"])
            .ExecuteAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(143, process.ExitCode);
        Assert.InRange(watch.Elapsed.TotalSeconds, 0, 5);
        for (var tries = 0; await Running() > 0; tries++)
        {
            Assert.True(tries < 50, "The query goes on.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        async Task<int> Running() =>
            int.Parse(
                (
                    await _database.QueryAsync(
                        $"SELECT count(*) FROM pg_stat_activity WHERE datname = '{_database.Name}' AND "
                            + "application_name = 'trainyard extract t1' AND query LIKE 'COPY%' AND state = 'active'"
                    )
                )[0]
            );
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    private string[] StepArguments(string step, string run) =>
        ["--pipeline", step == "extract" ? Folder : "parcels", "--run-id", run, "--store", Store];
}
