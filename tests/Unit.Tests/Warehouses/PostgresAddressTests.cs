using Npgsql;
using Trainyard.Pipelines;
using Trainyard.Warehouses.Postgres;

namespace Trainyard.Tests.Warehouses;

public sealed class PostgresAddressTests
{
    private static readonly Dictionary<string, string> Nothing = [];

    [Theory]
    [InlineData("postgresql://ada@db.example.org/flights", "postgresql://ada@db.example.org/flights")]
    [InlineData("postgres://ada:secret@db:6543/flights?sslmode=require", "postgresql://ada@db:6543/flights")]
    [InlineData("postgresql://ada%40home:p%40ss%2Fword@db/fl%20ights", "postgresql://ada%40home@db/fl%20ights")]
    [InlineData("postgresql://ada@[2001:db8::1]:6543/flights", "postgresql://ada@[2001:db8::1]:6543/flights")]
    [InlineData(
        "postgresql://ada@one:1111,two:2222/flights?target_session_attrs=read-write",
        "postgresql://ada@one:1111,two:2222/flights"
    )]
    [InlineData(
        "postgresql:///flights?host=/run/pg&user=ada&port=6543",
        "postgresql://ada@/flights?host=/run/pg&port=6543"
    )]
    [InlineData(
        "host=db port=6543 dbname='my \\'flights' user = ada password=secret",
        "postgresql://ada@db:6543/my%20%27flights"
    )]
    [InlineData("postgresql://ada@%2Frun%2Fpg/flights", "postgresql://ada@/flights?host=/run/pg")]
    [InlineData("postgresql://ada@one:1111,two/flights", "postgresql://ada@one:1111,two:5432/flights")]
    [InlineData("postgresql://ada@%2Frun%2Fpg:6543,db/flights", "postgresql://ada@%2Frun%2Fpg:6543,db:5432/flights")]
    [InlineData("postgresql://ada@db/flights?target_session_attrs=primary", "postgresql://ada@db/flights")]
    public void An_address_is_written_without_its_password(string text, string uri) =>
        Assert.Equal(uri, PostgresAddress.Parse(text, Nothing, "test").Uri);

    [Fact]
    public void Passwords_are_decoded_and_passed_on()
    {
        Assert.Equal(
            "p@ss/word",
            PostgresAddress.Parse("postgresql://ada:p%40ss%2Fword@db/flights", Nothing, "test").Settings.Password
        );
        Assert.Equal(
            "it's \\ me",
            PostgresAddress.Parse(@"host=db password='it\'s \\ me'", Nothing, "test").Settings.Password
        );
        Assert.Equal(
            "from env",
            PostgresAddress
                .Parse(
                    "postgresql://ada@db/flights",
                    new Dictionary<string, string> { ["PGPASSWORD"] = "from env" },
                    "test"
                )
                .Settings.Password
        );
    }

    [Fact]
    public void What_an_address_leaves_out_comes_from_the_variables_of_psql()
    {
        var address = PostgresAddress.Parse(
            "postgresql://",
            new Dictionary<string, string>
            {
                ["PGHOST"] = "db",
                ["PGPORT"] = "6543",
                ["PGDATABASE"] = "flights",
                ["PGUSER"] = "ada",
                ["PGSSLMODE"] = "verify-full",
                ["PGSSLROOTCERT"] = "/etc/root.crt",
                ["PGCONNECT_TIMEOUT"] = "7",
                ["PGOPTIONS"] = "-c search_path=analytics",
                ["PGAPPNAME"] = "nightly",
            },
            "test"
        );

        Assert.Equal("postgresql://ada@db:6543/flights", address.Uri);
        Assert.Equal(
            (SslMode.VerifyFull, "/etc/root.crt", 7, "nightly", "analytics"),
            (
                address.SslMode,
                address.Roots,
                address.Settings.Timeout,
                address.Settings.ApplicationName,
                address.Options["search_path"]
            )
        );
    }

    [Fact]
    public void The_text_counts_before_a_service_and_a_service_before_the_variables()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(
            file,
            "# ours\n[other]\nhost=nowhere\n\n[yard]\nhost=of-service\nport=6543\nuser=of-service\n"
        );
        var address = PostgresAddress.Parse(
            "postgresql://ada@/flights?service=yard",
            new Dictionary<string, string>
            {
                ["PGSERVICEFILE"] = file,
                ["PGHOST"] = "of-variable",
                ["PGPORT"] = "1",
            },
            "test"
        );
        Assert.Equal("postgresql://ada@of-service:6543/flights", address.Uri);
        File.Delete(file);
    }

    [Theory]
    [InlineData("sslmode=require", SslMode.Require)]
    [InlineData("sslmode=require&sslrootcert=/etc/root.crt", SslMode.VerifyCA)]
    [InlineData("sslrootcert=system", SslMode.VerifyFull)]
    [InlineData("sslmode=verify-ca", SslMode.VerifyCA)]
    [InlineData("connect_timeout=5", SslMode.Prefer)]
    public void TLS_means_what_it_means_to_psql(string parameters, SslMode mode) =>
        Assert.Equal(mode, PostgresAddress.Parse($"postgresql://ada@db/flights?{parameters}", Nothing, "test").SslMode);

    [Theory]
    [InlineData(
        "postgresql://ada:canary@db/flights?ssmode=require",
        "A keyword in the address of --warehouse is no parameter of a connection. Did you mean 'sslmode'?"
    )]
    [InlineData(
        "postgresql://ada:canary@db/flights?sslmode=canary",
        "The connection's parameter 'sslmode' is wrong: disable, allow, prefer, require, verify-ca or "
            + "verify-full is expected."
    )]
    [InlineData(
        "postgresql://ada:canary@db:65536/flights",
        "What stands where the address of the warehouse has its port is no number from 1 to 65535."
    )]
    [InlineData(
        "postgresql://ada:canary@[::1/flights",
        "The address of --warehouse cannot be read: the bracket of its IPv6 address is never closed."
    )]
    [InlineData("host=db password='canary", "The address of --warehouse cannot be read: a quote is never closed.")]
    [InlineData("host=db canary", "The address of --warehouse cannot be read: an '=' is missing:")]
    [InlineData("postgresql://ada%3Acanary@db/flights", "The name of the warehouse's user has a ':' or a '/' in it")]
    [InlineData(
        "postgresql://ada%3Acanary%40db/flights",
        "What stands where the address of the warehouse has its host"
    )]
    [InlineData("host=db dbname=postgresql://ada:canary@db/x", "The name of the warehouse's database is an address")]
    [InlineData("host=db service=canary", "The service that --warehouse or PGSERVICE names is not defined")]
    [InlineData("host=a,b,c port=1,2", "The warehouse has 3 hosts and 2 ports: give one port, or one for each host.")]
    public void What_psql_would_not_take_is_64(string text, string sentence)
    {
        var fault = Assert.Throws<Fault>(() => PostgresAddress.Parse(text, Nothing, "test"));
        Assert.Equal(text.Contains("service") ? ExitCode.BadConfiguration : ExitCode.Usage, fault.Code);
        Assert.StartsWith(sentence, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-csearch_path=a,b", "a,b")]
    [InlineData("-c  search_path=a,b", "a,b")]
    [InlineData("--search-path=a,b -c work_mem=1MB", "a,b")]
    [InlineData("-c Search_Path=first -c search_path=a,b", "a,b")]
    [InlineData(@"-c search_path=a,\ b", "a, b")]
    [InlineData("-c work_mem=1MB search_path=x", null)]
    public void Options_are_read_as_the_server_reads_them(string options, string? searchPath) =>
        Assert.Equal(searchPath, SessionOptions.Read(options).GetValueOrDefault("search_path"));

    [Theory]
    [InlineData("postgresql:///flights?host=/run/pg")]
    [InlineData("postgresql://%2Frun%2Fpg/flights?sslmode=require")]
    [InlineData("host=/run/pg keepalives=1 keepalives_idle=5")]
    public void A_socket_has_neither_keepalives_nor_TLS(string text)
    {
        var settings = PostgresAddress.Parse(text, Nothing, "test").Settings;
        Assert.Equal(
            (false, 0, 0, SslMode.Disable, "/run/pg"),
            (
                settings.TcpKeepAlive,
                settings.TcpKeepAliveTime,
                settings.TcpKeepAliveInterval,
                settings.SslMode,
                settings.Host
            )
        );
    }
}
