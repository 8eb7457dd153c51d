using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>A database as psql would find it: what the text says, else the service's file, else the <c>PG*</c>
/// variables, else libpq's defaults.</summary>
internal sealed class PostgresAddress
{
    /// <summary>libpq waits for ever by default; a step has better things to do.</summary>
    private const int ConnectSeconds = 15;

    private PostgresAddress(NpgsqlConnectionStringBuilder settings, string uri) => (Settings, Uri) = (settings, uri);

    /// <summary>What Npgsql is told. It encrypts where it must, and leaves it to <see cref="Trust"/> to judge the
    /// server.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>Whose database and where: what may be written into manifests and logs.</summary>
    public string Uri { get; }

    /// <summary>What sslmode asks for.</summary>
    public required SslMode SslMode { get; init; }

    /// <summary>The file of the authorities that may vouch for the server; null for those of the machine.</summary>
    public required string? Roots { get; init; }

    /// <summary>What the connection's own options set.</summary>
    public required IReadOnlyDictionary<string, string> Options { get; init; }

    /// <summary>Whether the server is shown a certificate of ours.</summary>
    public bool HasCertificate => (Settings.SslCertificate ?? AtHome("postgresql.crt")) is not null;

    /// <summary>Of one attempt to connect.</summary>
    public ServerTrust Trust() => new(SslMode, Roots);

    /// <summary>Finds out whether the files that it names can be read. Their names are pieces of the address, and are
    /// not repeated.</summary>
    public void DemandFiles()
    {
        if (Settings.SslMode == SslMode.Disable)
        {
            return;
        }

        foreach (
            var (keyword, file) in new[]
            {
                ("sslrootcert", SslMode is SslMode.VerifyCA or SslMode.VerifyFull ? Roots : null),
                ("sslcert", Settings.SslCertificate),
                ("sslkey", Settings.SslKey),
            }
        )
        {
            try
            {
                using var _ = file is null ? null : File.OpenRead(file);
            }
            catch (Exception error) when (IoFaults.Is(error))
            {
                var (code, why) = IoFaults.Explain(error, file);
                throw new Fault(
                    code,
                    $"The file that {keyword} of the warehouse names cannot be read: {why}. Nothing was changed."
                );
            }
        }
    }

    public static PostgresAddress Parse(
        string text,
        IReadOnlyDictionary<string, string> environment,
        string applicationName
    )
    {
        DemandNoQuotes(environment);
        var given = Demand(ConnectionText.Read(text), "the address of --warehouse");
        var service = given.GetValueOrDefault("service") ?? environment.GetValueOrDefault("PGSERVICE");
        var ofService = service is null
            ? new Dictionary<string, string>()
            : Demand(ServiceFile.Read(service, environment), "the file of the warehouse's service");
        var found = Parameters.Known.ToDictionary(
            parameter => parameter.Keyword,
            parameter =>
                given.GetValueOrDefault(parameter.Keyword)
                ?? ofService.GetValueOrDefault(parameter.Keyword)
                ?? (
                    parameter.Variable is { } variable
                    && environment.TryGetValue(variable, out var value)
                    && value.Length > 0
                        ? value
                        : null
                )
        );

        var settings = new NpgsqlConnectionStringBuilder
        {
            Username = found["user"] ?? Environment.UserName,
            ApplicationName = found["application_name"] ?? applicationName,

            // Said, for Npgsql would ask the environment.
            ClientEncoding = "UTF8",
            Timezone = "UTC",
            Timeout = ConnectSeconds,

            // A step has one connection for as long as it needs it, and statements take as long as they take: the
            // server and the step have limits of their own.
            Pooling = false,
            Enlist = false,
            CommandTimeout = 0,
            CancellationTimeout = 2000,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 10,

            // Details hold rows.
            IncludeErrorDetail = false,
            GssEncryptionMode = GssEncryptionMode.Disable,
            ReadBufferSize = 1 << 17,
            WriteBufferSize = 1 << 17,
        };
        settings.Username = User(settings.Username);
        settings.Database = Database(found["dbname"] ?? settings.Username);
        foreach (var parameter in Parameters.Known)
        {
            if (found[parameter.Keyword] is { } value)
            {
                Apply(settings, parameter, value);
            }
        }

        var hosts = ServerHost.Read(found["host"], found["port"]);
        var (mode, roots) = SetVerification(settings);
        SetHosts(settings, hosts);
        return new PostgresAddress(settings, ServerHost.Uri(settings.Username, settings.Database, hosts))
        {
            SslMode = mode,
            Roots = roots,
            Options = SessionOptions.Read(found["options"]),
        };
    }

    /// <summary>A password may begin and end with a quote; a host may not.</summary>
    private static void DemandNoQuotes(IReadOnlyDictionary<string, string> environment)
    {
        foreach (var variable in Parameters.Known.Select(parameter => parameter.Variable).OfType<string>())
        {
            if (
                variable != "PGPASSWORD"
                && VariableText.QuotesIn(variable, environment.GetValueOrDefault(variable, "")) is { } quoted
            )
            {
                throw Fault.Usage($"{quoted} Nothing was changed.");
            }
        }
    }

    /// <summary>What has a password behind the user's name is not taken for a name, which is printed.</summary>
    private static string User(string user) =>
        user.AsSpan().ContainsAny(':', '/')
            ? throw Fault.Usage(
                "The name of the warehouse's user has a ':' or a '/' in it, as where a password was written into it. "
                    + "Nothing was changed."
            )
            : user;

    /// <summary>psql takes an address for the name of a database; here that would be printed.</summary>
    private static string Database(string name) =>
        ConnectionText.IsOne(name) || name.Contains("://", StringComparison.Ordinal)
            ? throw Fault.Usage(
                "The name of the warehouse's database is an address of its own: give that as --warehouse. Nothing was "
                    + "changed."
            )
            : name;

    /// <summary>What is no parameter is not repeated: it can be a piece of a password.</summary>
    private static Dictionary<string, string> Demand(IReadOnlyDictionary<string, string> given, string where)
    {
        var keywords = Parameters.Known.Select(parameter => parameter.Keyword).ToList();
        foreach (var keyword in given.Keys)
        {
            if (!keywords.Contains(keyword))
            {
                throw Fault.Usage(
                    $"A keyword in {where} is no parameter of a connection.{Nearest.Hint(keyword, keywords)} "
                        + $"Known are {string.Join(", ", keywords)}. Nothing was changed."
                );
            }
        }

        return given.ToDictionary();
    }

    private static void Apply(NpgsqlConnectionStringBuilder settings, Parameter parameter, string value)
    {
        try
        {
            parameter.Apply(settings, value);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or OverflowException)
        {
            throw Fault.Usage(
                $"The connection's parameter '{parameter.Keyword}' is wrong: {parameter.Expected} is expected. "
                    + "Nothing was changed."
            );
        }
    }

    private static void SetHosts(NpgsqlConnectionStringBuilder settings, IReadOnlyList<ServerHost> hosts)
    {
        settings.Port = hosts[0].Port;

        // Npgsql asks what a server is only where there are several.
        settings.Host =
            hosts is [var one] && settings.TargetSessionAttributes is null or "any"
                ? one.Name
                : string.Join(',', (hosts is [var only] ? [only, only] : hosts).Select(host => host.WithPort));

        // What TCP and TLS have, a socket has not; to psql it need not either.
        if (hosts.Any(host => host.IsSocket))
        {
            settings.TcpKeepAlive = false;
            settings.TcpKeepAliveTime = settings.TcpKeepAliveInterval = 0;
            settings.SslMode = hosts.All(host => host.IsSocket) ? SslMode.Disable : settings.SslMode;
        }
    }

    /// <summary>As in libpq: with authorities at hand, <c>require</c> asks for one of them; and <c>system</c> means
    /// the machine's own, with the host's name.</summary>
    private static (SslMode Mode, string? Roots) SetVerification(NpgsqlConnectionStringBuilder settings)
    {
        var (mode, roots) = (settings.SslMode, settings.RootCertificate ?? AtHome("root.crt"));
        settings.RootCertificate = null;
        if (mode is SslMode.VerifyCA or SslMode.VerifyFull || roots == "system")
        {
            settings.SslMode = SslMode.Require;
        }

        return roots == "system" ? (SslMode.VerifyFull, null)
            : mode == SslMode.Require && roots is not null ? (SslMode.VerifyCA, roots)
            : (mode, roots);
    }

    /// <summary>A file where libpq keeps those that nobody names.</summary>
    private static string? AtHome(string name) =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".postgresql", name) is var file
        && File.Exists(file)
            ? file
            : null;
}
