namespace Trainyard.Warehouses;

/// <summary>PostgreSQL's rights on tables and views that Trainyard has just made.</summary>
internal static class TableRights
{
    /// <summary>Whoever may read one may read another.</summary>
    /// <param name="from">Its qualified name.</param>
    public static string Share(string from, string to) => ForEachReader(from, $"GRANT SELECT ON {to} TO ");

    /// <summary>Whoever would read it by default privileges alone does not: it tells more than the predictions
    /// do.</summary>
    public static string TakeBack(string of) => ForEachReader(of, $"REVOKE SELECT ON {of} FROM ");

    private static string ForEachReader(string of, string statement)
    {
        var body = $"""
            DECLARE
                reader text;
            BEGIN
                FOR reader IN
                    SELECT CASE WHEN granted.grantee = 0 THEN 'PUBLIC'
                        ELSE quote_ident(pg_get_userbyid(granted.grantee)) END
                    FROM pg_class AS relation, aclexplode(relation.relacl) AS granted
                    WHERE relation.oid = {Identifier.Literal(of)}::regclass AND granted.privilege_type = 'SELECT'
                        AND granted.grantee <> relation.relowner
                LOOP
                    EXECUTE {Identifier.Literal(statement)} || reader;
                END LOOP;
            END
            """;
        return $"DO {Identifier.Literal(body)}";
    }
}
