using Trainyard.Warehouses;

namespace Trainyard.Sample.Tables;

/// <summary>The tables of a sample in a warehouse. They are replaced in one transaction: others see the old ones or the
/// new ones.</summary>
internal interface ISampleTables : IAsyncDisposable
{
    /// <summary>What is known of the sample that is there; nothing where there is no such table.</summary>
    Task<IReadOnlyDictionary<string, string>> InfoAsync(CancellationToken cancel);

    /// <returns>The rows that went into each table, in the order of loading.</returns>
    Task<IReadOnlyList<(string Table, long Rows)>> ReplaceAsync(
        CsvFolder folder,
        IReadOnlyDictionary<string, string> info,
        CancellationToken cancel
    );

    /// <summary>A DuckDB file is made where there is none.</summary>
    public static async Task<ISampleTables> OpenAsync(string uri, SampleSchema schema, CancellationToken cancel) =>
        Warehouse.IsPostgres(uri)
            ? await PostgresTables.OpenAsync(uri, schema, cancel)
            : DuckDbTables.Open(uri, schema);
}
