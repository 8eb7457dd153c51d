using System.Globalization;
using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>A database as psql would find it: what the text says, else the service's file, else the <c>PG*</c>
/// variables, else libpq's defaults.</summary>
internal sealed class PostgresAddress
{
    private const int DefaultPort = 5432;

    /// <summary>libpq waits for ever by default; a step has better things to do.</summary>
    private const int ConnectSeconds = 15;

    private static readonly string[] SocketFolders = ["/var/run/postgresql", "/tmp"];

    private PostgresAddress(NpgsqlConnectionStringBuilder settings, string uri, bool hasSearchPath) =>
        (Settings, Uri, HasSearchPath) = (settings, uri, hasSearchPath);

    /// <summary>What Npgsql is told.</summary>
    public NpgsqlConnectionStringBuilder Settings { get; }

    /// <summary>Whose database and where: what may be written into manifests and logs.</summary>
    public string Uri { get; }

    /// <summary>Whether the connection's options set a search path of their own.</summary>
    public bool HasSearchPath { get; }

    public static PostgresAddress Parse(
        string text,
        IReadOnlyDictionary<string, string> environment,
        string applicationName
    )
    {
        DemandNoQuotes(environment);
        var given = Demand(ConnectionText.Read(text), "--warehouse");
        var service = given.GetValueOrDefault("service") ?? environment.GetValueOrDefault("PGSERVICE");
        var ofService = service is null
            ? new Dictionary<string, string>()
            : Demand(ServiceFile.Read(service, environment), $"the service '{service}'");
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
            IncludeErrorDetail = true,
            GssEncryptionMode = GssEncryptionMode.Disable,
            ReadBufferSize = 1 << 17,
            WriteBufferSize = 1 << 17,
        };
        settings.Database = found["dbname"] ?? settings.Username;
        foreach (var parameter in Parameters.Known)
        {
            if (found[parameter.Keyword] is { } value)
            {
                Apply(settings, parameter, value);
            }
        }

        SetHosts(settings, found["host"], found["port"]);
        SetVerification(settings);
        return new PostgresAddress(
            settings,
            UriOf(settings),
            found["options"]?.Contains("search_path", StringComparison.Ordinal) == true
        );
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

    private static Dictionary<string, string> Demand(IReadOnlyDictionary<string, string> given, string where)
    {
        foreach (var keyword in given.Keys)
        {
            if (!Parameters.Known.Any(parameter => parameter.Keyword == keyword))
            {
                var keywords = Parameters.Known.Select(parameter => parameter.Keyword).ToList();
                throw Fault.Usage(
                    $"'{keyword}' in {where} is no parameter of a connection.{Nearest.Hint(keyword, keywords)} "
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

    /// <summary>Hosts and ports are lists of one length, or one port is for all.</summary>
    private static void SetHosts(NpgsqlConnectionStringBuilder settings, string? host, string? port)
    {
        var hosts = host?.Split(',') ?? [];
        var ports = (port?.Split(',') ?? []).Select(Port).ToList();
        settings.Port = ports.FirstOrDefault(DefaultPort);
        if (hosts.Length <= 1)
        {
            settings.Host = hosts is [{ Length: > 0 } one] ? one : Nearby(settings.Port);
            return;
        }

        if (ports.Count > 1 && ports.Count != hosts.Length)
        {
            throw Fault.Usage(
                $"The warehouse has {hosts.Length} hosts and {ports.Count} ports: give one port, or one for "
                    + "each host. Nothing was changed."
            );
        }

        settings.Host = string.Join(
            ',',
            hosts.Select(
                (name, at) =>
                    $"{(name.Contains(':') ? $"[{name}]" : name)}:{(ports.Count > 1 ? ports[at] : settings.Port)}"
            )
        );
    }

    private static int Port(string text) =>
        text.Length == 0 ? DefaultPort
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
        : throw Fault.Usage(
            $"The warehouse's port is '{text}': a number from 1 to 65535 is expected. Nothing was changed."
        );

    /// <summary>Without a host psql takes the socket of this machine's server.</summary>
    private static string Nearby(int port) =>
        SocketFolders.FirstOrDefault(folder => File.Exists($"{folder}/.s.PGSQL.{port}")) ?? "localhost";

    /// <summary>As in libpq: with a root certificate at hand, <c>require</c> checks it; and <c>system</c> means the
    /// machine's own, with the host's name.</summary>
    private static void SetVerification(NpgsqlConnectionStringBuilder settings)
    {
        if (settings.RootCertificate == "system")
        {
            settings.RootCertificate = null;
            settings.SslMode = SslMode.VerifyFull;
        }
        else if (settings is { SslMode: SslMode.Require, RootCertificate: not null })
        {
            settings.SslMode = SslMode.VerifyCA;
        }
    }

    private static string UriOf(NpgsqlConnectionStringBuilder settings)
    {
        var (host, port) = (settings.Host!, settings.Port);
        var user = System.Uri.EscapeDataString(settings.Username!);
        var database = System.Uri.EscapeDataString(settings.Database!);
        return host.StartsWith('/')
                ? $"postgresql://{user}@/{database}?host={host}{(port == DefaultPort ? "" : $"&port={port}")}"
            : host.Contains(',') ? $"postgresql://{user}@{host}/{database}"
            : $"postgresql://{user}@{(host.Contains(':') ? $"[{host}]" : host)}{(port == DefaultPort ? "" : $":{port}")}/{database}";
    }
}
