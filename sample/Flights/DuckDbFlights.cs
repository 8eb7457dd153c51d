using DuckDB.NET.Data;

namespace Trainyard.Sample.Flights;

/// <summary>Replaces the flights tables of a DuckDB file, all in one transaction: others see the old ones or the new ones.</summary>
internal sealed class DuckDbFlights : IDisposable
{
    private readonly DuckDBConnection _connection;

    public DuckDbFlights(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        _connection = new DuckDBConnection($"Data Source={file}");
        _connection.Open();
    }

    /// <returns>The rows that went into each table, in the order of loading.</returns>
    public IReadOnlyList<(string Table, long Rows)> Replace(CsvFolder folder, IReadOnlyDictionary<string, string> info)
    {
        using var transaction = _connection.BeginTransaction();
        Execute(FlightsTables.Schema);
        var loaded = FlightsTables.InLoadOrder.Select(table => (table, Load(table, folder))).ToList();
        foreach (var (key, value) in info)
        {
            Execute("INSERT INTO sample_info VALUES ($1, $2)", key, value);
        }

        transaction.Commit();
        return loaded;
    }

    private long Load(string table, CsvFolder folder)
    {
        folder.DemandColumns(table, ColumnsOf(table));
        var file = folder.FileOf(table);
        try
        {
            return Execute($"""
                COPY {table} FROM '{file.Replace("'", "''")}'
                (FORMAT csv, HEADER true, DELIMITER ',', QUOTE '"', ESCAPE '"', NULLSTR '', ALLOW_QUOTED_NULLS false, AUTO_DETECT false)
                """);
        }
        catch (DuckDBException e)
        {
            throw Failure.BadData($"{file} does not fit the table {table}; nothing was loaded. {FirstLine(e.Message)}", e);
        }
    }

    private List<string> ColumnsOf(string table)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = $"SELECT * FROM {table} LIMIT 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private int Execute(string sql, params object[] values)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            command.Parameters.Add(new DuckDBParameter(value));
        }

        return command.ExecuteNonQuery();
    }

    private static string FirstLine(string text) => text.Split('\n', 2)[0];

    public void Dispose() => _connection.Dispose();
}
