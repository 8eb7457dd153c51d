using DuckDB.NET.Data;

namespace Trainyard.Warehouses.DuckDb;

/// <summary>A file without a byte, which DuckDB refuses. Here it is a database without tables, so that an empty file
/// is enough to begin with.</summary>
internal static class EmptyFile
{
    public static bool IsEmpty(string file) => new FileInfo(file) is { Exists: true, Length: 0 };

    /// <summary>Makes a database of it, if nobody else has.</summary>
    /// <exception cref="IOException">Another process is at it.</exception>
    public static void MakeDatabase(string file)
    {
        // Into the same file, under its lock: a new one in its place could take it from a process that has just begun
        // to fill it.
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        if (stream.Length > 0)
        {
            return;
        }

        var model = Path.Combine(Path.GetTempPath(), $"trainyard-{Path.GetRandomFileName()}.duckdb");
        try
        {
            using (var connection = new DuckDBConnection($"DataSource={model}"))
            {
                connection.Open();
            }

            stream.Write(File.ReadAllBytes(model));
        }
        finally
        {
            File.Delete(model);
        }
    }
}
