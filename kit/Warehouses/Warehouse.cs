using Trainyard.Pipelines;
using Trainyard.Warehouses.DuckDb;

namespace Trainyard.Warehouses;

/// <summary>Opens the warehouse that a URI names.</summary>
public static class Warehouse
{
    private const string DuckDbScheme = "duckdb:";
    private static readonly string[] PostgresSchemes = ["postgresql://", "postgres://"];

    /// <param name="uri"><c>duckdb:FILE</c>.</param>
    public static IWarehouse Open(string uri)
    {
        if (PostgresSchemes.Any(scheme => uri.StartsWith(scheme, StringComparison.Ordinal)))
        {
            // Not with the URI, which may hold a password.
            throw Fault.BadConfiguration("The warehouse is a PostgreSQL database, but this version reads DuckDB files: give --warehouse duckdb:FILE. Nothing was changed.");
        }

        return uri.StartsWith(DuckDbScheme, StringComparison.Ordinal) && uri.Length > DuckDbScheme.Length
            ? new DuckDbWarehouse(uri[DuckDbScheme.Length..])
            : throw Fault.Usage("--warehouse names no database: expected duckdb:FILE, such as duckdb:warehouse.duckdb.");
    }
}
