using Trainyard.Pipelines;
using Trainyard.Warehouses.DuckDb;
using Trainyard.Warehouses.Postgres;

namespace Trainyard.Warehouses;

/// <summary>Opens the warehouse that a URI names.</summary>
public static class Warehouse
{
    private const string DuckDbScheme = "duckdb:";

    /// <summary>Whether it names a PostgreSQL database.</summary>
    public static bool IsPostgres(string uri) => ConnectionText.IsOne(uri);

    /// <param name="uri"><c>duckdb:FILE</c>, or PostgreSQL as psql takes it: <c>postgresql://…</c> or <c>host=…
    /// dbname=…</c>.</param>
    /// <param name="options">Defaults where it is null.</param>
    public static IWarehouse Open(string uri, WarehouseOptions? options = null)
    {
        if (IsPostgres(uri))
        {
            return new PostgresWarehouse(uri, options ?? new WarehouseOptions());
        }

        // Not with the text, which may hold a password.
        return
            uri.StartsWith(DuckDbScheme, StringComparison.Ordinal)
            && uri[DuckDbScheme.Length..] is { Length: > 0 } file
            && !file.Contains("://", StringComparison.Ordinal)
            && !IsPostgres(file)
            && !file.StartsWith("md:", StringComparison.Ordinal)
            ? new DuckDbWarehouse(file)
            : throw Fault.Usage(
                "--warehouse names no database: expected postgresql://user@host/database or duckdb:FILE, a file of "
                    + "this machine such as duckdb:warehouse.duckdb."
            );
    }
}
