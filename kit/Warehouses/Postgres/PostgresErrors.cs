using System.Net.Sockets;
using System.Security.Authentication;
using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>PostgreSQL's errors, and those on the way to it, as sentences and exit codes.</summary>
internal static class PostgresErrors
{
    /// <summary>Whether waiting a little can help to connect: a server that starts, restarts or is full.</summary>
    public static bool MayPass(Exception error) =>
        error is PostgresException refused
            ? CodeOf(refused.SqlState) is ExitCode.Unavailable
                || refused.SqlState == PostgresErrorCodes.TooManyConnections
            : IsOfNetwork(error);

    public static Fault OfOpening(Exception error, string uri) =>
        error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } => new Fault(
                ExitCode.BadConfiguration,
                $"The warehouse {uri} has no such database. Nothing was changed.",
                error
            ),
            PostgresException refused when CodeOf(refused.SqlState) is ExitCode.NoPermission => new Fault(
                ExitCode.NoPermission,
                $"The warehouse {uri} does not let us in: {Sentence(refused)} Nothing was changed.",
                error
            ),
            PostgresException refused when CodeOf(refused.SqlState) is ExitCode.BadConfiguration => new Fault(
                ExitCode.BadConfiguration,
                $"The warehouse {uri} cannot be opened: {Sentence(refused)} Nothing was changed.",
                error
            ),
            PostgresException refused => new Fault(
                CodeOf(refused.SqlState),
                $"The warehouse {uri} takes no connection now: {Sentence(refused)} Nothing was changed; try again.",
                error
            ),
            NpgsqlException when error.Message.Contains("password", StringComparison.OrdinalIgnoreCase) => new Fault(
                ExitCode.NoPermission,
                $"The warehouse {uri} asks for a password and there is none: looked in TRAINYARD_WAREHOUSE, "
                    + "TRAINYARD_WAREHOUSE_FILE, PGPASSWORD and .pgpass. Nothing was changed.",
                error
            ),
            _ when Find<AuthenticationException>(error) is { } untrusted => new Fault(
                ExitCode.BadConfiguration,
                $"The warehouse {uri} cannot be trusted: {OneLine(untrusted.Message)} Name the certificate "
                    + "that signed its own by sslrootcert. Nothing was changed.",
                error
            ),
            _ when IsOfNetwork(error) => new Fault(
                ExitCode.Unavailable,
                $"The warehouse {uri} does not answer: {OneLine(Innermost(error).Message)} Nothing was "
                    + "changed; try again.",
                error
            ),
            _ => new Fault(
                ExitCode.BadConfiguration,
                $"The warehouse {uri} cannot be opened: {OneLine(error.Message)} Nothing was changed.",
                error
            ),
        };

    /// <summary>A query that failed: 78 where it is wrong, with its line; 65 where the data are; and otherwise
    /// whatever can help.</summary>
    /// <param name="error">What happened.</param>
    /// <param name="query">The query as its file has it.</param>
    /// <param name="statement">The statement that it became a part of.</param>
    public static Fault OfQuery(NpgsqlException error, Query query, string statement) =>
        error is PostgresException answer
            ? Of(answer, $"{query.File}{LineIn(query.Sql, statement, answer.Position)}")
            : OfCut(error, query.File);

    /// <summary>Any other statement that failed.</summary>
    public static Fault Of(NpgsqlException error, string what) =>
        error is PostgresException answer ? Of(answer, what) : OfCut(error, what);

    private static Fault Of(PostgresException error, string what)
    {
        var code = CodeOf(error.SqlState);
        var again = code is ExitCode.Unavailable or ExitCode.TemporaryFailure ? "; try again" : "";
        var advice = error.SqlState switch
        {
            PostgresErrorCodes.QueryCanceled =>
                " It is the statement timeout, or somebody cancelled it: give it more time "
                    + "(--statement-timeout), or write the index that it lacks.",
            PostgresErrorCodes.LockNotAvailable => " Another process holds what is needed.",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                " A query may only read, and predictions need a server that can be written: "
                    + "target_session_attrs=read-write finds it among several hosts.",
            _ => "",
        };
        return new Fault(code, $"{what}: {Sentence(error)}{advice} Nothing was changed{again}.", error)
        {
            Outline = QuotesRows(error)
                ? $"{what}: PostgreSQL refuses what a row holds (SQLSTATE {error.SqlState}). Nothing was changed{again}."
                : null,
        };
    }

    /// <summary>Whether its words may be those of a row: of a value, of a key that is there twice, or whatever a
    /// function raises.</summary>
    private static bool QuotesRows(PostgresException error) => error.SqlState[..2] is "22" or "23" or "P0";

    private static Fault OfCut(NpgsqlException error, string what) =>
        new(
            ExitCode.Unavailable,
            $"{what}: the connection to the warehouse broke: {OneLine(Innermost(error).Message)} Nothing was "
                + "changed; try again.",
            error
        );

    private static ExitCode CodeOf(string state) =>
        state switch
        {
            PostgresErrorCodes.InsufficientPrivilege => ExitCode.NoPermission,
            PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.ObjectInUse
            or PostgresErrorCodes.LockNotAvailable
            or "25P03" => ExitCode.TemporaryFailure,
            PostgresErrorCodes.CardinalityViolation => ExitCode.BadData,
            _ => state[..2] switch
            {
                "28" => ExitCode.NoPermission,
                "08" or "57" or "58" or "F0" or "XX" => ExitCode.Unavailable,
                "40" or "53" => ExitCode.TemporaryFailure,
                "22" or "23" => ExitCode.BadData,
                _ => ExitCode.BadConfiguration,
            },
        };

    /// <summary>PostgreSQL counts characters of the statement from 1, whole ones; a place outside the query has no
    /// line in its file.</summary>
    private static string LineIn(string sql, string statement, int position)
    {
        var start = statement.IndexOf(sql, StringComparison.Ordinal);
        var at = 0;
        foreach (var rune in statement.EnumerateRunes().Take(position - 1))
        {
            at += rune.Utf16SequenceLength;
        }

        return position > 0 && start >= 0 && at >= start && at <= start + sql.Length
            ? $":{sql.AsSpan(0, at - start).Count('\n') + 1}"
            : "";
    }

    private static string Sentence(PostgresException error) =>
        string.Join(
            ' ',
            new[]
            {
                error.MessageText,
                error.SqlState.StartsWith("23", StringComparison.Ordinal) ? error.Detail : null,
                error.Hint,
            }
                .OfType<string>()
                .Select(OneLine)
        );

    private static string OneLine(string message)
    {
        var text = message.ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') ? text : text + ".";
    }

    private static bool IsOfNetwork(Exception error) =>
        Find<SocketException>(error) is not null
        || Find<IOException>(error) is not null and not (FileNotFoundException or DirectoryNotFoundException)
        || Find<TimeoutException>(error) is not null;

    private static T? Find<T>(Exception? error)
        where T : Exception => error is null or T ? error as T : Find<T>(error.InnerException);

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;
}
