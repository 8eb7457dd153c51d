using System.IO.Compression;
using Trainyard.Pipelines;

namespace Trainyard.Sample.Flights;

/// <summary>One CSV file for each table: what nycflights13 is published as, and what the generator writes.</summary>
internal sealed class CsvFolder
{
    private static readonly string[] Extensions = [".csv", ".csv.gz"];

    private readonly Dictionary<string, string> _files;

    private CsvFolder(Dictionary<string, string> files) => _files = files;

    public string FileOf(string table) => _files[table];

    public static CsvFolder Open(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw Fault.MissingInput($"There is no folder {folder}.");
        }

        var files = new Dictionary<string, string>();
        foreach (var table in FlightsTables.InLoadOrder)
        {
            var candidates = Extensions.Select(extension => Path.Combine(folder, table + extension));
            if (candidates.FirstOrDefault(File.Exists) is { } file)
            {
                files[table] = file;
            }
        }

        var missing = FlightsTables.InLoadOrder.Where(table => !files.ContainsKey(table)).ToList();
        return missing.Count == 0
            ? new CsvFolder(files)
            : throw Fault.MissingInput(
                $"{folder} has no {string.Join(", ", missing.Select(table => $"{table}.csv"))} (nor with .gz); nothing was loaded.");
    }

    /// <summary>Columns are loaded by position, so a file whose columns moved must not get that far.</summary>
    public void DemandColumns(string table, IReadOnlyList<string> columns)
    {
        var header = ReadHeader(FileOf(table));
        var expected = string.Join(',', columns);
        if (header != expected)
        {
            throw Fault.BadData($"{FileOf(table)}: the first line is '{header}', expected '{expected}'; nothing was loaded.");
        }
    }

    private static string? ReadHeader(string file)
    {
        try
        {
            using var bytes = File.OpenRead(file);
            using Stream text = file.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(bytes, CompressionMode.Decompress)
                : bytes;
            using var reader = new StreamReader(text);
            return reader.ReadLine();
        }
        catch (InvalidDataException e)
        {
            throw Fault.BadData($"{file} is not a gzip file: {e.Message} Nothing was loaded.", e);
        }
    }
}
