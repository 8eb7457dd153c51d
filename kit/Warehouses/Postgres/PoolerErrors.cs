using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>
/// PgBouncer gives nearly all it has to say the code 08P01, which is PostgreSQL's for a violated protocol, and hands on
/// PostgreSQL's own refusals inside a sentence of its own; both only in English.
/// </summary>
internal static class PoolerErrors
{
    public const string Code = "08P01";

    private static readonly string[] Refusals =
    [
        "authentication failed",
        "no such user",
        "login rejected",
        "empty password",
        "not allowed",
        "no pg_hba.conf entry",
        "pg_hba.conf rejects",
        "is not permitted to log in",
        "permission denied",
    ];

    private static readonly string[] Mistakes =
    [
        "no such database",
        "does not exist",
        "is disabled",
        "unsupported",
        "SSL required",
        "config error",
        "too long",
        "no username",
        "invalid SASL",
    ];

    public static ExitCode CodeOf(string message)
    {
        var isRole = message.Contains("role \"", StringComparison.Ordinal);
        return Refusals.Any(words => message.Contains(words, StringComparison.Ordinal)) ? ExitCode.NoPermission
            : Mistakes.Any(words => message.Contains(words, StringComparison.Ordinal))
                ? isRole ? ExitCode.NoPermission
                    : ExitCode.BadConfiguration
            : ExitCode.Unavailable;
    }
}
