using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Npgsql;
using Trainyard.Pipelines;

namespace Trainyard.Warehouses.Postgres;

/// <summary>What PostgreSQL answers to a statement, as sentences and exit codes.</summary>
internal static class PostgresErrors
{
    /// <summary>
    /// The error without what PostgreSQL adds of the data: the row that failed, the values of a key, a COPY's line.
    /// Neither a person is told them nor a log.
    /// </summary>
    public static PostgresException WithoutRow(PostgresException error, string? hint = null)
    {
        var told = new PostgresException(
            error.MessageText,
            error.Severity,
            error.InvariantSeverity,
            error.SqlState,
            hint: hint ?? error.Hint,
            position: error.Position,
            schemaName: error.SchemaName,
            tableName: error.TableName,
            columnName: error.ColumnName,
            dataTypeName: error.DataTypeName,
            constraintName: error.ConstraintName,
            file: error.File,
            line: error.Line,
            routine: error.Routine
        );
        return error.StackTrace is { } stack
            ? (PostgresException)ExceptionDispatchInfo.SetRemoteStackTrace(told, stack)
            : told;
    }

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
        var code = CodeOf(error);
        var again = code is ExitCode.Unavailable or ExitCode.TemporaryFailure ? "; try again" : "";
        var advice = error.SqlState switch
        {
            PostgresErrorCodes.QueryCanceled =>
                " It is the statement timeout, or somebody cancelled it: give it more time "
                    + "(--statement-timeout), or write the index that it lacks.",
            PostgresErrorCodes.LockNotAvailable => " Another process holds what is needed.",
            ['2', '3', ..] => " The row is not repeated here: PostgreSQL's own log may have it.",
            PostgresErrorCodes.ReadOnlySqlTransaction =>
                " A query may only read, and predictions need a server that can be written: "
                    + "target_session_attrs=read-write finds it among several hosts.",
            _ => "",
        };
        return new Fault(code, $"{what}: {Sentence(error)}{advice} Nothing was changed{again}.", WithoutRow(error))
        {
            Outline = QuotesRows(error)
                ? $"{what}: PostgreSQL refuses what a row holds (SQLSTATE {error.SqlState}). Nothing was "
                    + $"changed{again}."
                : null,
        };
    }

    /// <summary>Whether its words may be those of a row: of a value, of a key that is there twice, or whatever a
    /// function raises.</summary>
    private static bool QuotesRows(PostgresException error) => error.SqlState[..2] is "22" or "23" or "P0";

    private static Fault OfCut(NpgsqlException error, string what) =>
        new(
            ExitCode.Unavailable,
            $"{what}: the connection to the warehouse broke: {Innermost(error)}. Nothing was changed; " + "try again.",
            error
        );

    public static ExitCode CodeOf(PostgresException error) =>
        error.SqlState switch
        {
            PoolerErrors.Code => PoolerErrors.CodeOf(error.MessageText),
            PostgresErrorCodes.InsufficientPrivilege => ExitCode.NoPermission,
            PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.ObjectInUse
            or PostgresErrorCodes.LockNotAvailable
            or "25P03" => ExitCode.TemporaryFailure,
            PostgresErrorCodes.CardinalityViolation => ExitCode.BadData,

            // A library that is not installed, pages that are broken, a database that was dropped.
            "58P01" or "XX001" or "XX002" or "57P04" => ExitCode.BadConfiguration,
            _ => error.SqlState[..2] switch
            {
                "28" => ExitCode.NoPermission,
                "08" or "53" or "57" or "58" or "F0" or "XX" => ExitCode.Unavailable,
                "40" => ExitCode.TemporaryFailure,
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

    /// <summary>Its words and its hint, without its details.</summary>
    public static string Sentence(PostgresException error) =>
        string.Join(' ', new[] { error.MessageText, error.Hint }.OfType<string>().Select(OneLine));

    /// <summary>What the innermost exception says, without a full stop.</summary>
    public static string Innermost(Exception error) =>
        error.InnerException is { } inner ? Innermost(inner) : OneLine(error.Message).TrimEnd('.');

    public static bool IsOfNetwork(Exception error) =>
        Find<SocketException>(error) is not null
        || Find<IOException>(error) is not null and not (FileNotFoundException or DirectoryNotFoundException)
        || Find<TimeoutException>(error) is not null;

    public static T? Find<T>(Exception? error)
        where T : Exception => error is null or T ? error as T : Find<T>(error.InnerException);

    private static string OneLine(string message)
    {
        var text = message.ReplaceLineEndings(" ").Trim();
        return text.EndsWith('.') || text.EndsWith('!') || text.EndsWith('?') || text.EndsWith(';') ? text : text + ".";
    }
}
