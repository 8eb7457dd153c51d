using DuckDB.NET.Data;

namespace Trainyard.Tests.EndToEnd;

/// <summary>The pair that needs no server: a DuckDB file and a folder.</summary>
public sealed class FolderAndDuckDb : Workspace
{
    public string WarehouseFile => Path.Combine(Folder, "warehouse.duckdb");

    public override string Warehouse => $"duckdb:{WarehouseFile}";

    public override string Store => Path.Combine(Folder, "store");

    public override IReadOnlyDictionary<string, string> Variables { get; } = new Dictionary<string, string>();

    public override Task OpenAsync() => Task.CompletedTask;

    public override Task ExecuteAsync(string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={WarehouseFile}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SET TimeZone = 'UTC'; {sql}";
        command.ExecuteNonQuery();
        return Task.CompletedTask;
    }

    public override Task<IReadOnlyList<string>> QueryAsync(string sql) =>
        Task.FromResult(QueryFile(WarehouseFile, sql));

    public override async Task LoadAsync(string table, string columns, IEnumerable<string> lines)
    {
        var file = WriteFile($"{table}.csv", string.Join('\n', lines));
        await ExecuteAsync(
            $"CREATE TABLE {table} ({columns}); COPY {table} FROM '{file}' (FORMAT csv, HEADER false, "
                + "DELIMITER ',', QUOTE '\"', ALLOW_QUOTED_NULLS false)"
        );
    }

    public override Task<IReadOnlyList<string>> ListAllAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. Files().Where(name => !IsUnfinished(name))]);

    public override Task<IReadOnlyList<string>> UnfinishedAsync() =>
        Task.FromResult<IReadOnlyList<string>>([.. Files().Where(IsUnfinished)]);

    public override Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(Path.Combine(Store, name));

    public override Task WriteAsync(string name, byte[] content)
    {
        var file = Path.Combine(Store, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return File.WriteAllBytesAsync(file, content);
    }

    public override Task DeleteAsync(string name)
    {
        File.Delete(Path.Combine(Store, name));
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    /// <summary>The rows of a query of another DuckDB file.</summary>
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
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(column => reader.IsDBNull(column) ? "" : TextOf(reader.GetValue(column)))
                )
            );
        }

        return rows;
    }

    private static string? TextOf(object value) =>
        value is bool flag
            ? flag
                ? "t"
                : "f"
            : Convert.ToString(value, null);

    private static bool IsUnfinished(string name) => name.StartsWith(".unfinished", StringComparison.Ordinal);

    private IEnumerable<string> Files() =>
        Directory.Exists(Store)
            ? Directory
                .EnumerateFiles(Store, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(Store, file))
                .Order(StringComparer.Ordinal)
            : [];
}
