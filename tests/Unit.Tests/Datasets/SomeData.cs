using System.Text;
using Trainyard.Datasets;
using Trainyard.Pipelines;

namespace Trainyard.Tests.Datasets;

/// <summary>Small datasets for tests.</summary>
internal static class SomeData
{
    public static Column Key { get; } = new("id", ColumnType.BigInt, false);

    public static DatasetReader Reader(string csv, params Column[] columns) =>
        Reader(Encoding.UTF8.GetBytes(csv), columns);

    public static DatasetReader Reader(byte[] csv, params Column[] columns) =>
        DatasetReader.Open(new MemoryStream(csv), "part.csv", columns);

    public static DatasetReader OneRow(string field, ColumnType type)
    {
        var reader = Reader($"id,x\n1,{field}\n", Key, new Column("x", type, true));
        Assert.True(reader.Read());
        return reader;
    }

    public static string Write(Action<DatasetWriter> write, params Column[] columns)
    {
        using var stream = new MemoryStream();
        using (var writer = new DatasetWriter(stream, columns))
        {
            write(writer);
            writer.Flush();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
