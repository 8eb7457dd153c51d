using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Npgsql;
using Trainyard.Pipelines;
using Trainyard.Tests.Servers;
using Trainyard.Warehouses;
using Trainyard.Warehouses.Postgres;

namespace Trainyard.Tests.Warehouses;

/// <summary>What can go wrong before a connection stands.</summary>
public sealed class PostgresOpeningTests
{
    private const string Canary = "canary-0f3a";

    [Fact]
    public async Task A_wrong_or_missing_password_is_77_and_is_not_repeated()
    {
        var server = await PostgresServer.UseAsync();
        await using var database = await server.CreateDatabaseAsync();
        var user = $"role_{Guid.NewGuid():N}";
        await database.ExecuteAsync($"CREATE ROLE {user} LOGIN PASSWORD 'right'");
        try
        {
            var wrong = await FaultAsync(database.UriFor(user), Canary);
            Assert.Equal(ExitCode.NoPermission, wrong.Code);
            Assert.StartsWith(
                $"The warehouse {database.UriFor(user)} does not let us in: password authentication failed for "
                    + $"user \"{user}\".",
                wrong.Message,
                StringComparison.Ordinal
            );
            Assert.DoesNotContain(Canary, wrong.ToString(), StringComparison.Ordinal);

            var missing = await FaultAsync(database.UriFor(user) + "?passfile=/nowhere", null);
            Assert.Equal(
                (
                    ExitCode.NoPermission,
                    $"The warehouse {database.UriFor(user)} asks for a password and there is none: looked in "
                        + "TRAINYARD_WAREHOUSE, TRAINYARD_WAREHOUSE_FILE, PGPASSWORD and .pgpass. Nothing was "
                        + "changed."
                ),
                (missing.Code, missing.Message)
            );

            await database.ExecuteAsync("CREATE TABLE private (id integer)");
            var denied = await FaultAsync(database.UriFor(user), "right", "SELECT id FROM private");
            Assert.Equal(
                (
                    ExitCode.NoPermission,
                    "rows.sql: permission denied for table private. Its owner can mend that: GRANT SELECT ON "
                        + $"public.private TO {user}; Nothing was changed."
                ),
                (denied.Code, denied.Message)
            );
        }
        finally
        {
            await database.ExecuteAsync($"DROP ROLE {user}");
        }
    }

    [Fact]
    public async Task A_database_that_is_not_there_is_78()
    {
        var server = await PostgresServer.UseAsync();
        await using var database = await server.CreateDatabaseAsync();
        var uri = database.Uri.Replace(database.Name, "nowhere", StringComparison.Ordinal);
        var fault = await FaultAsync(uri, database.Password);
        Assert.Equal(
            (ExitCode.BadConfiguration, $"The warehouse {uri} has no such database. Nothing was changed."),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public async Task Nobody_at_the_port_is_69_within_a_bounded_time()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var watch = Stopwatch.StartNew();
        var fault = await FaultAsync($"postgresql://ada:{Canary}@127.0.0.1:{port}/flights", null);
        Assert.Equal(
            (
                ExitCode.Unavailable,
                $"The warehouse postgresql://ada@127.0.0.1:{port}/flights does not answer: Connection refused. "
                    + "Nothing was changed; try again."
            ),
            (fault.Code, fault.Message)
        );
        Assert.InRange(watch.Elapsed.TotalSeconds, 5, 25);
    }

    /// <summary>In PgBouncer's words and under its code, or PostgreSQL's.</summary>
    [Theory]
    [InlineData("28P01", "password authentication failed for user \"ada\"", ExitCode.NoPermission)]
    [InlineData("08P01", "password authentication failed", ExitCode.NoPermission)]
    [InlineData("08P01", "SASL authentication failed", ExitCode.NoPermission)]
    [InlineData("08P01", "no such user: ada", ExitCode.NoPermission)]
    [InlineData(
        "08P01",
        "server login has been failing, cached error: password authentication failed for user \"ada\" "
            + "(server_login_retry)",
        ExitCode.NoPermission
    )]
    [InlineData("08P01", "role \"ada\" does not exist", ExitCode.NoPermission)]
    [InlineData("08P01", "no such database: flights", ExitCode.BadConfiguration)]
    [InlineData("08P01", "database \"flights\" does not exist", ExitCode.BadConfiguration)]
    [InlineData("08P01", "unsupported startup parameter: options", ExitCode.BadConfiguration)]
    [InlineData("28000", "no pg_hba.conf entry for host \"10.0.0.1\"", ExitCode.NoPermission)]
    [InlineData("58P01", "could not access file \"$libdir/postgis-3\"", ExitCode.BadConfiguration)]
    public async Task What_no_retry_mends_is_not_tried_again(string sqlState, string message, ExitCode code)
    {
        await using var server = new ScriptedPostgres(sqlState, message);
        var fault = await FaultAsync($"postgresql://ada@127.0.0.1:{server.Port}/flights", Canary);
        Assert.Equal((code, 1), (fault.Code, server.Connections));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("try again", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, fault.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("57P03", "the database system is starting up")]
    [InlineData("53300", "sorry, too many clients already")]
    [InlineData("53100", "could not extend file: No space left on device")]
    [InlineData("08P01", "no more connections allowed (max_client_conn)")]
    public void What_passes_is_waited_for_and_then_69(string sqlState, string message)
    {
        var refused = new PostgresException(message, "FATAL", "FATAL", sqlState);
        Assert.True(OpeningErrors.MayPass(refused));
        var address = PostgresAddress.Parse("postgresql://ada@db/flights", new Dictionary<string, string>(), "test");
        var fault = new OpeningErrors(address, address.Trust()).Of(refused);
        Assert.Equal(
            (
                ExitCode.Unavailable,
                $"The warehouse postgresql://ada@db/flights takes no connection now: {message}. Nothing was changed; "
                    + "try again."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Fact]
    public async Task A_host_that_refuses_counts_before_one_that_is_away()
    {
        await using var server = new ScriptedPostgres("28P01", "password authentication failed");
        var uri = $"postgresql://ada@127.0.0.1:{LocalPorts.Free()},127.0.0.1:{server.Port}/flights";
        var fault = await FaultAsync(uri, Canary);
        Assert.Equal(
            (
                ExitCode.NoPermission,
                $"The warehouse {uri} does not let us in: password authentication failed. Nothing was changed."
            ),
            (fault.Code, fault.Message)
        );
    }

    [Theory]
    [InlineData("postgresql://ada@/flights?host={0}")]
    [InlineData("postgresql://ada@{1}/flights?sslmode=verify-full")]
    [InlineData("postgresql://ada@{1},{1}/flights?target_session_attrs=any&keepalives_idle=10")]
    [InlineData("host={0} user=ada dbname=flights")]
    public async Task A_socket_is_connected_to(string uri)
    {
        var folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;
        await using (new ScriptedPostgres("28P01", "who are you", folder))
        {
            var fault = await FaultAsync(
                string.Format(CultureInfo.InvariantCulture, uri, folder, Uri.EscapeDataString(folder)),
                Canary
            );
            Assert.Contains("does not let us in: who are you.", fault.Message, StringComparison.Ordinal);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_server_that_is_not_trusted_is_78_and_says_why()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        var (ours, theirs) = (Path.GetTempFileName(), Path.GetTempFileName());
        await File.WriteAllTextAsync(ours, certificates.Authority, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(theirs, others.Authority, TestContext.Current.CancellationToken);

        // The name is checked, the signature is, and the days are; and nothing of it where nobody asks.
        await IsAsync("localhost", $"sslmode=verify-full&sslrootcert={ours}", "does not let us in: no");
        await IsAsync("db.example", $"sslmode=verify-ca&sslrootcert={ours}", "does not let us in: no");
        await IsAsync("db.example", $"sslmode=require&sslrootcert={ours}", "does not let us in: no");
        await IsAsync("db.example", "sslmode=require", "does not let us in: no");
        await IsAsync(
            "db.example",
            $"sslmode=verify-full&sslrootcert={ours}",
            "cannot be trusted: its certificate is for db.example, not for the host of the address. "
        );
        await IsAsync(
            "localhost",
            $"sslmode=verify-full&sslrootcert={theirs}",
            "cannot be trusted: its certificate is signed by none of the authorities that sslrootcert names. "
        );
        await IsAsync(
            "localhost",
            $"sslmode=require&sslrootcert={theirs}",
            "cannot be trusted: its certificate is signed by none of the authorities that sslrootcert names. "
        );
        await IsAsync(
            "localhost",
            "sslrootcert=system",
            "cannot be trusted: its certificate is signed by none of the authorities that this machine trusts. "
        );
        await IsAsync(
            "localhost",
            $"sslmode=verify-ca&sslrootcert={ours}",
            "cannot be trusted: its certificate, or one that signed it, is not valid today",
            days: -1
        );
        File.Delete(ours);
        File.Delete(theirs);

        async Task IsAsync(string name, string parameters, string words, int days = 5)
        {
            using var certificate = certificates.Sign(name, days);
            await using var server = new ScriptedPostgres("28P01", "no") { Certificate = certificate };
            var fault = await FaultAsync($"postgresql://ada@localhost:{server.Port}/flights?{parameters}", Canary);
            Assert.StartsWith(
                $"The warehouse postgresql://ada@localhost:{server.Port}/flights {words}",
                fault.Message,
                StringComparison.Ordinal
            );
            Assert.Equal(words.Contains("trusted") ? ExitCode.BadConfiguration : ExitCode.NoPermission, fault.Code);
            Assert.Equal(1, server.Connections);
        }
    }

    [Fact]
    public async Task A_server_without_TLS_is_78_and_a_file_that_is_not_there_66()
    {
        await using var server = new ScriptedPostgres("28P01", "no");
        var uri = $"postgresql://ada@127.0.0.1:{server.Port}/flights";
        var none = await FaultAsync(uri + "?sslmode=require", Canary);
        Assert.Equal(
            (
                ExitCode.BadConfiguration,
                $"The warehouse {uri} offers no TLS, and sslmode asks for it: switch it on there, or give another "
                    + "sslmode. Nothing was changed."
            ),
            (none.Code, none.Message)
        );

        var lost = await FaultAsync($"{uri}?sslmode=verify-ca&sslrootcert=/etc/{Canary}", Canary);
        Assert.Equal(
            (
                ExitCode.MissingInput,
                "The file that sslrootcert of the warehouse names cannot be read: it is not there. Nothing was changed."
            ),
            (lost.Code, lost.Message)
        );
    }

    [Fact]
    public async Task A_certificate_of_ours_that_is_refused_is_77()
    {
        using var certificates = new TestCertificates();
        using var own = certificates.Sign("ada");
        using var shown = certificates.Sign("localhost");
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(
            file,
            own.ExportCertificatePem() + "\n" + own.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem(),
            TestContext.Current.CancellationToken
        );
        await using var server = new ScriptedPostgres("28P01", "no")
        {
            Certificate = shown,
            RefusesCertificates = true,
        };
        var fault = await FaultAsync(
            $"postgresql://ada@localhost:{server.Port}/flights?sslmode=require&sslcert={file}&sslkey={file}",
            Canary
        );
        Assert.Equal(ExitCode.NoPermission, fault.Code);
        Assert.Contains("our certificate (sslcert)", fault.Message, StringComparison.Ordinal);
        File.Delete(file);
    }

    private static async Task<Fault> FaultAsync(string uri, string? password, string sql = "SELECT 1 AS id")
    {
        var environment = password is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["PGPASSWORD"] = password };
        await using var warehouse = Warehouse.Open(uri, new WarehouseOptions { Environment = environment });
        return await Assert.ThrowsAsync<Fault>(() =>
            warehouse.QueryAsync(new Query(sql, "rows.sql"), TestContext.Current.CancellationToken)
        );
    }
}
