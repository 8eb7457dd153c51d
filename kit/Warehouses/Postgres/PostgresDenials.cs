using Npgsql;

namespace Trainyard.Warehouses.Postgres;

/// <summary>What a role lacks: PostgreSQL says neither who it is nor in which schema the table lies, nor what mends
/// it.</summary>
internal static class PostgresDenials
{
    private const string Quotes = "\".«»„“”";

    /// <summary>The error with a hint for a person. The transaction in which it happened is over then.</summary>
    public static PostgresException WithHint(PostgresException error, PostgresSession session, bool isReading)
    {
        if (error.SqlState != PostgresErrorCodes.InsufficientPrivilege)
        {
            return error;
        }

        try
        {
            session.Execute("ROLLBACK");
            return PostgresErrors.WithoutRow(error, HintFor(error, session, isReading));
        }
        catch (Exception alsoFailed) when (alsoFailed is NpgsqlException or InvalidOperationException)
        {
            // The connection is gone: what was refused is still worth saying.
            return error;
        }
    }

    private static string HintFor(PostgresException error, PostgresSession session, bool isReading)
    {
        var role = session.First("SELECT pg_catalog.quote_ident(CAST(current_user AS text))")![0]!;
        return error.Routine == "check_enable_rls" ? HintForHiddenRows(error, session, role, isReading)
            : !isReading
                ? $"The role {role} publishes, for which it must own the schema trainyard: docs/roles.sql makes such a "
                    + "writer."
            : Named(error, session, "NOT pg_catalog.has_table_privilege(c.oid, 'SELECT')") is { } table
                ? $"Its owner can mend that: GRANT SELECT ON {table} TO {role};"
            : Schema(error, session) is { } schema
                ? $"Its owner can mend that: GRANT USAGE ON SCHEMA {schema} TO {role};"
            : $"The role {role}, or the owner of a view through which it reads, lacks that right.";
    }

    private static string HintForHiddenRows(
        PostgresException error,
        PostgresSession session,
        string role,
        bool isReading
    )
    {
        var found = Named(error, session, "pg_catalog.row_security_active(c.oid)");
        var (table, whose) = found is null ? ("…", "…") : (found, role);
        var whom =
            found is null ? "the owner of the view or function through which it is read"
            : isReading ? $"the role {role} (or from the owner of a view, where one is in between)"
            : $"the role {role}, which publishes there";
        var remedy = isReading
            ? $"CREATE POLICY trainyard ON {table} FOR SELECT TO {whose} USING (true); and the address has "
                + "-crow_security=on in its options (?options=-crow_security%3Don)."
            : $"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;";
        return $"Row-level security hides rows of {found ?? "it"} from {whom}"
            + (isReading ? ", and what is learned from the rest is wrong. " : ". ")
            + $"Either a superuser does ALTER ROLE {whose} BYPASSRLS; or the table's owner {remedy}";
    }

    private static string? Schema(PostgresException error, PostgresSession session) =>
        session
            .First(
                """
                SELECT pg_catalog.quote_ident(nspname)
                FROM pg_catalog.pg_namespace
                WHERE NOT pg_catalog.has_schema_privilege(oid, 'USAGE')
                    AND pg_catalog.right($1, pg_catalog.length(nspname) + 1) = ' ' || nspname
                ORDER BY pg_catalog.length(nspname) DESC
                """,
                Words(error)
            )
            ?[0];

    private static string Words(PostgresException error) =>
        new string([.. error.MessageText.Select(each => Quotes.Contains(each) ? ' ' : each)]).TrimEnd();

    /// <summary>The table whose name ends the message, which is in the server's language; where several schemas have
    /// one of that name, all of them.</summary>
    private static string? Named(PostgresException error, PostgresSession session, string lacks)
    {
        var found = session.Rows(
            $"""
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), CAST(c.relname AS text)
            FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND {lacks}
                AND pg_catalog.right($1, pg_catalog.length(c.relname) + 1) = ' ' || c.relname
                AND pg_catalog.strpos($1, ' schema ') = 0
            ORDER BY pg_catalog.length(c.relname) DESC, n.nspname = 'public' DESC, 1
            """,
            Words(error)
        );
        return found.Count == 0
            ? null
            : string.Join(" or ", found.Where(each => each[1] == found[0][1]).Select(each => each[0]));
    }
}
