using System.Globalization;
using Npgsql;

namespace Trainyard.Warehouses.Postgres;

/// <summary>A parameter of a connection as libpq calls it, its environment variable, and what it means to
/// Npgsql.</summary>
internal sealed record Parameter(
    string Keyword,
    string? Variable,
    string Expected,
    Action<NpgsqlConnectionStringBuilder, string> Apply
);

/// <summary>The parameters that psql knows and that mean something here.</summary>
internal static class Parameters
{
    private const string Name = "a name";
    private const string File = "a file";

    public static IReadOnlyList<Parameter> Known { get; } =
    [
        // Host, port and service are put together by the address.
        new("host", "PGHOST", Name, Nothing),
        new("port", "PGPORT", "a number", Nothing),
        new("service", "PGSERVICE", Name, Nothing),
        new("dbname", "PGDATABASE", Name, (to, value) => to.Database = value),
        new("user", "PGUSER", Name, (to, value) => to.Username = value),
        new("password", "PGPASSWORD", "a password", (to, value) => to.Password = value),
        // To libpq a file of passwords that is not there is one without any.
        new(
            "passfile",
            "PGPASSFILE",
            File,
            (to, value) => to.Passfile = System.IO.File.Exists(value) ? value : "/dev/null"
        ),
        new("application_name", "PGAPPNAME", Name, (to, value) => to.ApplicationName = value),
        new("options", "PGOPTIONS", "-c name=value", (to, value) => to.Options = value),
        new(
            "connect_timeout",
            "PGCONNECT_TIMEOUT",
            "a number of seconds",
            (to, value) => to.Timeout = Math.Max(Number(value), 2)
        ),
        new(
            "client_encoding",
            "PGCLIENTENCODING",
            "UTF8",
            (_, value) => Demand(value.Replace("-", "") is var name && name.ToUpperInvariant() is "UTF8" or "AUTO")
        ),
        new(
            "sslmode",
            "PGSSLMODE",
            "disable, allow, prefer, require, verify-ca or verify-full",
            (to, value) => to.SslMode = Choice<SslMode>(value)
        ),
        new(
            "sslnegotiation",
            "PGSSLNEGOTIATION",
            "postgres or direct",
            (to, value) => to.SslNegotiation = Choice<SslNegotiation>(value)
        ),
        new("sslrootcert", "PGSSLROOTCERT", "a file, or system", (to, value) => to.RootCertificate = value),
        new("sslcert", "PGSSLCERT", File, (to, value) => to.SslCertificate = value),
        new("sslkey", "PGSSLKEY", File, (to, value) => to.SslKey = value),
        new("sslpassword", null, "a password", (to, value) => to.SslPassword = value),
        new(
            "channel_binding",
            "PGCHANNELBINDING",
            "disable, prefer or require",
            (to, value) => to.ChannelBinding = Choice<ChannelBinding>(value)
        ),
        new("require_auth", "PGREQUIREAUTH", "methods such as scram-sha-256", (to, value) => to.RequireAuth = value),
        new(
            "gssencmode",
            "PGGSSENCMODE",
            "disable, prefer or require",
            (to, value) => to.GssEncryptionMode = Choice<GssEncryptionMode>(value)
        ),
        new("krbsrvname", "PGKRBSRVNAME", Name, (to, value) => to.KerberosServiceName = value),
        new(
            "target_session_attrs",
            "PGTARGETSESSIONATTRS",
            "any, primary, standby, prefer-standby, read-write or read-only",
            (to, value) => to.TargetSessionAttributes = value
        ),
        new(
            "load_balance_hosts",
            "PGLOADBALANCEHOSTS",
            "disable or random",
            (to, value) =>
                to.LoadBalanceHosts = value == "random" || (value == "disable" ? false : throw new FormatException())
        ),
        new("keepalives", null, "1 or 0", (to, value) => to.TcpKeepAlive = Number(value) != 0),
        new("keepalives_idle", null, "a number of seconds", (to, value) => to.TcpKeepAliveTime = Number(value)),
        new("keepalives_interval", null, "a number of seconds", (to, value) => to.TcpKeepAliveInterval = Number(value)),
    ];

    private static void Nothing(NpgsqlConnectionStringBuilder to, string value) { }

    private static int Number(string value) =>
        int.Parse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static T Choice<T>(string value)
        where T : struct, Enum
    {
        Demand(value.All(character => character is '-' or (>= 'a' and <= 'z')));
        return Enum.Parse<T>(value.Replace("-", ""), ignoreCase: true);
    }

    private static void Demand(bool isSound)
    {
        if (!isSound)
        {
            throw new FormatException();
        }
    }
}
