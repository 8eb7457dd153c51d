using System.Collections.ObjectModel;
using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>What keeps a connection from standing, as a sentence and an exit code.</summary>
/// <param name="address">Where to.</param>
/// <param name="trust">What was made of the server's certificate in the last attempt.</param>
internal sealed class OpeningErrors(PostgresAddress address, ServerTrust trust)
{
    private string At => $"The warehouse {address.Uri}";

    /// <summary>Whether waiting a little can help: a server that starts, restarts or is full.</summary>
    public static bool MayPass(Exception error) =>
        Causes(error)
            .All(cause =>
                cause is PostgresException refused
                    ? PostgresErrors.CodeOf(refused) is ExitCode.Unavailable
                    : (PostgresErrors.IsOfNetwork(cause) && !IsAlert(cause)) || IsOfRoles(cause)
            );

    /// <summary>Of several hosts the one that no waiting helps.</summary>
    public Fault Of(Exception error) => Causes(error).Select(OfOne).OrderBy(fault => fault.IsTransient).First();

    private static ReadOnlyCollection<Exception> Causes(Exception error) =>
        error.InnerException is AggregateException several ? several.InnerExceptions : [error];

    private Fault OfOne(Exception error) =>
        error switch
        {
            PostgresException refused => OfServer(refused),
            NpgsqlException when error.Message.StartsWith("No password", StringComparison.Ordinal) => NoPermission(
                "asks for a password and there is none: looked in TRAINYARD_WAREHOUSE, TRAINYARD_WAREHOUSE_FILE, "
                    + "PGPASSWORD and .pgpass",
                error
            ),
            NpgsqlException when error.Message.Contains("No SSL enabled", StringComparison.Ordinal) => Wrong(
                "offers no TLS, and sslmode asks for it: switch it on there, or give another sslmode",
                error
            ),
            _ when IsOfRoles(error) => Unavailable(
                $"has no server now that target_session_attrs={address.Settings.TargetSessionAttributes} asks for",
                error
            ),
            _ when Find<AuthenticationException>(error) is { } untrusted => OfTls(untrusted),
            _ when Find<SocketException>(error) is { SocketErrorCode: SocketError.AccessDenied } => NoPermission(
                "has a socket that this user may not open",
                error
            ),
            _ when PostgresErrors.IsOfNetwork(error) && trust.IsGiven && address.HasCertificate => NoPermission(
                "broke off as soon as it had seen our certificate (sslcert), as a server does that does not trust "
                    + $"who signed it ({PostgresErrors.Innermost(error)})",
                error
            ),
            _ when PostgresErrors.IsOfNetwork(error) => Unavailable(
                $"does not answer: {PostgresErrors.Innermost(error)}",
                error
            ),
            _ => Wrong($"cannot be opened: {PostgresErrors.Innermost(error)}", error),
        };

    private Fault OfServer(PostgresException refused)
    {
        var words = PostgresErrors.Sentence(refused).TrimEnd('.');
        return refused.SqlState == PostgresErrorCodes.InvalidCatalogName
            ? Wrong("has no such database", refused)
            : PostgresErrors.CodeOf(refused) switch
            {
                ExitCode.NoPermission => NoPermission($"does not let us in: {words}", refused),
                ExitCode.Unavailable or ExitCode.TemporaryFailure => Unavailable(
                    $"takes no connection now: {words}",
                    refused
                ),
                _ => Wrong($"cannot be opened: {words}", refused),
            };
    }

    /// <summary>Our own words about its certificate, or what the library says of the handshake.</summary>
    private Fault OfTls(AuthenticationException untrusted) =>
        untrusted.InnerException is null ? Wrong($"cannot be trusted: {untrusted.Message}", untrusted)
        : address.HasCertificate && IsAlert(untrusted)
            ? NoPermission($"refuses our certificate (sslcert): {PostgresErrors.Innermost(untrusted)}", untrusted)
        : Wrong($"cannot be reached by TLS: {PostgresErrors.Innermost(untrusted)}", untrusted);

    private Fault NoPermission(string what, Exception error) =>
        new(ExitCode.NoPermission, $"{At} {what}. Nothing was changed.", error);

    private Fault Wrong(string what, Exception error) =>
        new(ExitCode.BadConfiguration, $"{At} {what}. Nothing was changed.", error);

    private Fault Unavailable(string what, Exception error) =>
        new(ExitCode.Unavailable, $"{At} {what}. Nothing was changed; try again.", error);

    /// <summary>Servers answered, and none was what target_session_attrs wants: a failover takes a while.</summary>
    private static bool IsOfRoles(Exception error) =>
        error.Message.StartsWith("No suitable host", StringComparison.Ordinal);

    /// <summary>TLS has a word for a decision: OpenSSL says <c>tlsv1 alert unknown ca</c>.</summary>
    private static bool IsAlert(Exception error) =>
        PostgresErrors.Innermost(error).Contains(" alert ", StringComparison.Ordinal);

    private static T? Find<T>(Exception? error)
        where T : Exception => PostgresErrors.Find<T>(error);
}
