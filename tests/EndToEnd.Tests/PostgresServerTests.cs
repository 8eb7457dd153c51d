using System.Security.Cryptography.X509Certificates;
using Trainyard.Tests.Servers;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A server of its own: with TLS, and then as a standby.</summary>
[Trait("Suite", Suites.Slow)]
public sealed class PostgresServerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;
    private PostgresServer _server = null!;
    private TestDatabase _database = null!;

    private string Pipeline => Path.Combine(_folder, "parcels");

    public async ValueTask InitializeAsync()
    {
        _server = await PostgresServer.StartOwnAsync();
        _database = await _server.CreateDatabaseAsync();
        await _database.ExecuteAsync(
            """
            CREATE TABLE parcels AS
            SELECT i AS parcel_id, TIMESTAMPTZ '2024-01-01 05:00+00' + i / 60 * INTERVAL '1 day' AS day_start,
                i * 7919 % 1000 / 1000.0 < 0.1 + 0.6 * (i % 3 / 2) AS late, CAST(i % 30 AS float8) AS weight,
                i % 20 AS stops, (ARRAY['north', 'south', 'harbour'])[1 + i % 3] AS depot,
                TIMESTAMPTZ '2024-01-01 12:00+00' + i / 60 * INTERVAL '1 day' AS handed_over
            FROM generate_series(0, 60 * 160 - 1) AS i
            """
        );
        Directory.CreateDirectory(Pipeline);
        await File.WriteAllTextAsync(Path.Combine(Pipeline, "pipeline.yaml"), Parcels.Spec);
        await File.WriteAllTextAsync(Path.Combine(Pipeline, "rows.sql"), Parcels.Sql);
    }

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        if (_database is not null)
        {
            await using (_server)
            {
                await _database.DisposeAsync();
            }
        }
    }

    [Fact]
    public async Task TLS_is_checked_as_psql_does()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        using var shown = certificates.Sign("db.example");
        await WriteOnServerAsync("server.crt", shown.ExportCertificatePem());
        await WriteOnServerAsync("server.key", shown.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        await _database.ExecuteAsync("ALTER SYSTEM SET ssl = on");
        await _server.RestartAsync();
        var (ours, theirs) = (Path.Combine(_folder, "ours.crt"), Path.Combine(_folder, "theirs.crt"));
        await File.WriteAllTextAsync(ours, certificates.Authority, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(theirs, others.Authority, TestContext.Current.CancellationToken);

        (await ValidateAsync($"sslmode=verify-ca&sslrootcert={ours}")).With(0);
        (await ValidateAsync("sslmode=require")).With(0);
        Assert.EndsWith(
            "cannot be trusted: its certificate is for db.example, not for the host of the address. Write the host as "
                + "the certificate has it, or sslmode=verify-ca to do without. Nothing was changed.",
            (await ValidateAsync($"sslmode=verify-full&sslrootcert={ours}")).With(78).LastWords,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "cannot be trusted: its certificate is signed by none of the authorities that sslrootcert names. Name the "
                + "file of the one that signed it by sslrootcert. Nothing was changed.",
            (await ValidateAsync($"sslmode=verify-ca&sslrootcert={theirs}")).With(78).LastWords,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_standby_can_be_read_and_is_78_where_predictions_go()
    {
        (await RunAsync("train", "2024-05-17", "--promote", "a test")).With(0);
        (await RunAsync("score", "2024-05-17")).With(0);
        await _database.ExecuteAsync("COPY (SELECT 1) TO PROGRAM 'touch standby.signal'");
        await _server.RestartAsync();

        (await ValidateAsync("target_session_attrs=any")).With(0);
        var refused = (await RunAsync("score", "2024-05-18")).With(78);
        Assert.EndsWith(
            $"The warehouse {_database.Uri} is a standby, which takes no predictions: give the primary, or all its "
                + "hosts with target_session_attrs=read-write. Run "
                + "'score.20240518T040000Z.1' is frozen, and stays.",
            refused.LastWords,
            StringComparison.Ordinal
        );
        Assert.EndsWith(
            "has no server now that target_session_attrs=read-write asks for. Nothing was changed; try again.",
            (await ValidateAsync("target_session_attrs=read-write")).With(69).LastWords,
            StringComparison.Ordinal
        );

        // The same command takes the run up as soon as it is the primary.
        await _database.ExecuteAsync("SELECT pg_promote()");
        (await ValidateAsync("target_session_attrs=read-write")).With(0);
        (await RunAsync("score", "2024-05-18")).With(0);
    }

    /// <summary>Writes a file of the data folder that nobody else may read.</summary>
    private Task WriteOnServerAsync(string name, string text) =>
        _database.ExecuteAsync(
            $"COPY (SELECT unnest(string_to_array('{text}', E'\\n'))) TO PROGRAM 'umask 077; cat > {name}'"
        );

    private Task<Ended> ValidateAsync(string parameters) =>
        Programs.RunAsync("trainyard", ["validate", Pipeline], Variables($"{_database.Uri}?{parameters}"));

    private Task<Ended> RunAsync(string kind, string asOf, params string[] more) =>
        Programs.RunAsync(
            "trainyard",
            ["run", Pipeline, "--kind", kind, "--as-of", asOf, "--store", Path.Combine(_folder, "store"), .. more],
            Variables(_database.Uri)
        );

    private Dictionary<string, string?> Variables(string address) =>
        new() { ["TRAINYARD_WAREHOUSE"] = address, ["PGPASSWORD"] = _database.Password };
}
