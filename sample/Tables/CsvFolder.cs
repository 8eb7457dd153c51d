using System.Buffers.Binary;
using System.IO.Compression;
using Trainyard.Pipelines;

namespace Trainyard.Sample.Tables;

/// <summary>One CSV file for each table: what data sets are published as, and what generators write.</summary>
internal sealed class CsvFolder
{
    private static readonly string[] Extensions = [".csv", ".csv.gz"];

    private readonly Dictionary<string, string> _files;

    private CsvFolder(Dictionary<string, string> files) => _files = files;

    public string FileOf(string table) => _files[table];

    public static CsvFolder Open(string folder, SampleSchema schema)
    {
        if (!Directory.Exists(folder))
        {
            throw Fault.MissingInput($"There is no folder {folder}. Nothing was changed.");
        }

        var files = new Dictionary<string, string>();
        foreach (var table in schema.InLoadOrder)
        {
            var candidates = Extensions.Select(extension => Path.Combine(folder, table + extension));
            if (candidates.FirstOrDefault(File.Exists) is { } file)
            {
                files[table] = file;
            }
        }

        var missing = schema.InLoadOrder.Where(table => !files.ContainsKey(table)).ToList();
        return missing.Count == 0
            ? new CsvFolder(files)
            : throw Fault.MissingInput(
                $"{folder} has no {string.Join(", ", missing.Select(table => $"{table}.csv"))} (nor with .gz); "
                    + "nothing was changed."
            );
    }

    /// <summary>The text of a table's file, unpacked.</summary>
    public Stream OpenText(string table) => OpenFile(FileOf(table));

    /// <summary>Refuses what a warehouse would load without a word: columns by position, and as much as there is of a
    /// file.</summary>
    public void Check(string table, IReadOnlyList<string> columns)
    {
        var (file, expected) = (FileOf(table), string.Join(',', columns));
        try
        {
            if (ReadHeader(file) is var header && header != expected)
            {
                throw Fault.BadData(
                    $"{file}: the first line is '{header}', expected '{expected}'. Nothing was changed."
                );
            }

            if (IsPacked(file))
            {
                DemandWhole(file);
            }
        }
        catch (InvalidDataException e)
        {
            throw Fault.BadData($"{file} is not a gzip file: {e.Message} Nothing was changed.", e);
        }
    }

    /// <summary>The first line. What is no text here is none for the warehouse, which says so for the rest.</summary>
    private static string ReadHeader(string file)
    {
        using var text = OpenFile(file);
        var begin = new byte[1 << 12];
        var line = begin.AsSpan(0, text.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false));
        var end = line.IndexOf((byte)'\n');
        return Utf8Text.Decode(end < 0 ? line : line[..end], file).TrimEnd('\r');
    }

    /// <summary>
    /// Neither .NET nor DuckDB minds a gzip file that is cut short, and at the end of a line nobody would see it. Its
    /// last
    /// four bytes are the length of the text, of the last member where there are several.
    /// </summary>
    private static void DemandWhole(string file)
    {
        using var text = OpenFile(file);
        var (length, buffer) = (0L, new byte[1 << 16]);
        for (int read; (read = text.Read(buffer)) > 0; )
        {
            length += read;
        }

        using var bytes = File.OpenRead(file);
        bytes.Seek(-sizeof(uint), SeekOrigin.End);
        bytes.ReadExactly(buffer, 0, sizeof(uint));
        if (BinaryPrimitives.ReadUInt32LittleEndian(buffer) != (uint)length)
        {
            throw Fault.BadData(
                $"{file} is cut short, or made of several gzip files: unpack it to "
                    + $"{Path.GetFileNameWithoutExtension(file)} and look at its end. Nothing was changed."
            );
        }
    }

    private static Stream OpenFile(string file) =>
        IsPacked(file) ? new GZipStream(File.OpenRead(file), CompressionMode.Decompress) : File.OpenRead(file);

    private static bool IsPacked(string file) => file.EndsWith(".gz", StringComparison.Ordinal);
}
