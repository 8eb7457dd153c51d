using System.Text;
using Trainyard.Pipelines;
using Trainyard.Warehouses.Postgres;

namespace Trainyard.Tests.Warehouses;

public sealed class CopyRecordsTests
{
    [Fact]
    public void Records_and_fields_are_found_however_the_bytes_arrive()
    {
        string[][] rows =
        [
            ["1", "a", ""],
            ["2", "\"b, \"\"b\"\"\nb\"", "x"],
            ["3", "\"\"", "\"\"\"\""],
            ["4", $"\"{new string('y', 300_000)}\n\"", "é"],
        ];
        var bytes = Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => string.Join(',', row) + "\n")));
        foreach (var size in new[] { 1, 2, 7, 4096, bytes.Length })
        {
            var records = new CopyRecords(new Trickle(bytes, size), 3, "rows.sql");
            foreach (var row in rows)
            {
                Assert.True(records.Read());
                Assert.Equal(string.Join(',', row) + "\n", Encoding.UTF8.GetString(records.Record));
                Assert.Equal(row[2], Encoding.UTF8.GetString(records.Field(2)));
                Assert.Equal(row[0], Encoding.UTF8.GetString(records.Field(0)));
                Assert.Equal(row[1], Encoding.UTF8.GetString(records.Field(1)));
            }

            Assert.False(records.Read());
        }
    }

    [Fact]
    public void Rows_that_break_off_are_no_end()
    {
        var records = new CopyRecords(new MemoryStream("1,2\n3,"u8.ToArray()), 2, "rows.sql");
        Assert.True(records.Read());
        var fault = Assert.Throws<Fault>(() => records.Read());
        Assert.Equal("rows.sql: the rows end in the middle of one. Nothing was changed.", fault.Message);
    }

    /// <summary>Gives so many bytes at a time.</summary>
    private sealed class Trickle(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, size)]);
    }
}
