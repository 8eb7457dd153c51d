using Trainyard.Warehouses;

namespace Trainyard.Sample.Flights;

/// <summary>The flights tables of a warehouse. They are replaced in one transaction: others see the old ones or the
/// new ones.</summary>
internal interface IFlightsTables : IAsyncDisposable
{
    /// <summary>The rows of sample_info; none where there is no such table.</summary>
    Task<IReadOnlyDictionary<string, string>> InfoAsync(CancellationToken cancel);

    /// <returns>The rows that went into each table, in the order of loading.</returns>
    Task<IReadOnlyList<(string Table, long Rows)>> ReplaceAsync(
        CsvFolder folder,
        IReadOnlyDictionary<string, string> info,
        CancellationToken cancel
    );

    /// <summary>A DuckDB file is made where there is none.</summary>
    public static async Task<IFlightsTables> OpenAsync(string uri, CancellationToken cancel) =>
        Warehouse.IsPostgres(uri) ? await PostgresFlights.OpenAsync(uri, cancel) : DuckDbFlights.Open(uri);
}
