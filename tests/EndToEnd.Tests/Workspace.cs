using DuckDB.NET.Data;

namespace Trainyard.Tests.EndToEnd;

/// <summary>A folder of a test's own: pipelines, a store, a warehouse. It is gone when the test ends.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace()
    {
        Folder = Directory.CreateTempSubdirectory("trainyard-test-").FullName;
        Store = Path.Combine(Folder, "store");
        WarehouseFile = Path.Combine(Folder, "warehouse.duckdb");
    }

    public string Folder { get; }

    public string Store { get; }

    public string WarehouseFile { get; }

    public string Warehouse => $"duckdb:{WarehouseFile}";

    /// <summary>Runs SQL in the warehouse.</summary>
    public void Execute(string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={WarehouseFile}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query, each as its values joined by a bar.</summary>
    public IReadOnlyList<string> Query(string sql) => QueryFile(WarehouseFile, sql);

    /// <summary>The rows of a query in some DuckDB file.</summary>
    public static IReadOnlyList<string> QueryFile(string file, string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SET TimeZone = 'UTC'; {sql}";
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? "" : Convert.ToString(reader.GetValue(column), null))));
        }

        return rows;
    }

    /// <summary>Writes a file of the workspace.</summary>
    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Every file of the store with its content's hash: equal before and after means that nothing was changed.</summary>
    public IReadOnlyList<string> StoreState() => Directory.Exists(Store)
        ? [.. Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(file => $"{Path.GetRelativePath(Store, file)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file)))}")]
        : [];

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
